// Where the desk works on an item of the pool. Pure.
const PAGES: Readonly<Record<string, string>> = { contact: '/contacts', missed: '/callbacks', visit: '/visits', order: '/pool' }

export const placeOf = (item: { kind: string; number: string }): string => PAGES[item.kind] ?? `/tickets/${item.number}`
