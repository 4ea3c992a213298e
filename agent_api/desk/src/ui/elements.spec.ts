import { expect, it } from 'vitest'
import list from './elements.ts?raw'

const pages = import.meta.glob<string>('../**/*.vue', { query: '?raw', import: 'default', eager: true })

it('registers every component of Element Plus that a page shows', () => {
  const missing = Object.entries(pages).flatMap(([path, text]) => {
    const imported = text.slice(0, text.indexOf('</script>'))
    const shown = new Set([...text.matchAll(/<(El[A-Z]\w*)/g)].map((match) => match[1] ?? ''))
    return [...shown].filter((name) => !new RegExp(`\\b${name}\\b`).test(list) && !new RegExp(`import .*\\b${name}\\b`).test(imported)).map((name) => `${path} ${name}`)
  })
  expect(missing).toEqual([])
})
