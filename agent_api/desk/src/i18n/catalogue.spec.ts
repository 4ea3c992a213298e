import { describe, expect, it } from 'vitest'
import { i18n } from '.'
import { en } from './en'
import { zhCN } from './zh-CN'

type Tree = { [key: string]: string | Tree }

const keysOf = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`)))
const textsOf = (tree: Tree): string[] => Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)))

const sources = import.meta.glob('../**/*.{vue,ts}', { query: '?raw', import: 'default', eager: true }) as Record<string, string>
const ours = Object.entries(sources).filter(([path]) => !/spec\.ts$|\/(zh-CN|en)\/|schema\.d\.ts$/.test(path))
const zhKeys = new Set(keysOf(zhCN))

describe('the catalogues', () => {
  it('hold the same keys', () => {
    expect(keysOf(en).sort()).toEqual([...zhKeys].sort())
  })

  it.each([['zh-CN', zhCN], ['en', en]] as const)('can be said: %s', (locale, texts) => {
    for (const key of keysOf(texts)) expect(() => i18n.global.t(key, {}, { locale }), key).not.toThrow()
  })

  it('leave no Chinese in English texts', () => {
    expect(textsOf(en).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([])
  })

  it('know every key that is named in full', () => {
    const named = ours.flatMap(([path, text]) => [...text.matchAll(/\bt\('([^'$]+)'/g)].map((match) => [path, match[1] ?? '']))
    expect(named.filter(([, key]) => !zhKeys.has(key ?? ''))).toEqual([])
  })

  it('are the only home of Chinese texts', () => {
    const outside = ours.filter(([path, text]) => path.endsWith('.vue') && /[\u4e00-\u9fff]/.test(text.replace(/^\s*\/\/.*$/gm, '')))
    expect(outside.map(([path]) => path)).toEqual([])
  })
})
