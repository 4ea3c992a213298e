// Where the desk works on an item of the pool: the one itself where a page can open it, else its list. Pure.
const LISTS: Readonly<Record<string, string>> = { missed: '/callbacks', order: '/pool' }
const OPENED: Readonly<Record<string, string>> = { contact: '/contacts?open=', visit: '/visits?open=' }

export const placeOf = (item: { kind: string; number: string }): string => LISTS[item.kind] ?? `${OPENED[item.kind] ?? '/tickets/'}${item.number}`
