// What a template leaves for a person to write is marked 【…】; such words are not sent. Pure; the server refuses them too.
export const blanksOf = (words: string): string[] => [...new Set([...words.matchAll(/【([^【】]{1,12})】/g)].map((found) => found[1] ?? ''))]
