// What the knowledge base offers for what is being typed: asked a moment after the last key, the latest answer counts.
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { ApiError } from '@/api/client'
import { type Hit, search } from '@/api/knowledge'

const PAUSE_MS = 350
const SHORTEST = 2

export function useSuggestions(text: () => string, reason: () => string): { hits: Readonly<Ref<Hit[]>>; searched: Readonly<Ref<string>> } {
  const hits = shallowRef<Hit[]>([])
  const searched = shallowRef('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(words: string, about: string): Promise<void> {
    const mine = ++latest
    try {
      const found = await search(words || about, words ? about : '')
      if (mine === latest) [hits.value, searched.value] = [found, words]
    } catch (problem) {
      // Suggestions are a help: without them the form works as before.
      if (!(problem instanceof ApiError)) throw problem
    }
  }

  watch(
    () => [text().trim().slice(0, 200), reason()] as const,
    ([words, about]) => {
      clearTimeout(timer)
      latest += 1
      if (words.length < SHORTEST && !about) [hits.value, searched.value] = [[], '']
      else timer = setTimeout(() => void ask(words.length < SHORTEST ? '' : words, about), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { hits, searched }
}
