// What the editor starts with: a new article, one for a request, or the newest wording of one that is there. Pure.
import type { Article, ArticleRequest, NewArticle } from '@/api/knowledge'

export interface Draft extends NewArticle {
  /** Empty for a new article. */
  id: string
}

export const EMPTY: Draft = {
  id: '', center: '', language: 'zh', category: '', topic: '', stands_in_for: '', request_id: '', title: '', body: '', spoken: '',
  keywords: [], public: true, valid_from: null, valid_until: null,
}

export const forRequest = (request: ArticleRequest): Draft => ({ ...EMPTY, center: request.center, title: request.question, request_id: request.request_id })

/** A released wording is the beginning of the next version, which begins when it is approved. */
export function ofArticle(article: Article): Draft {
  const newest = article.versions[0]
  const { article_id: id, center, language, category, topic, stands_in_for } = article
  const own = { ...EMPTY, id, center, language, category, topic, stands_in_for }
  if (!newest) return own
  const { title, body, spoken, keywords, valid_from, valid_until } = newest
  return { ...own, title, body, spoken, keywords, public: newest.public, valid_from: newest.standing === 'draft' ? valid_from : null, valid_until }
}

export interface Piece {
  text: string
  change: 'same' | 'gone' | 'new'
}

/** What differs between two wordings, sentence by sentence. */
export function compare(before: string, after: string): Piece[] {
  const [old, now] = [sentences(before), sentences(after)]
  const rows = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = rows[i]
      if (row) row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push({ text: now[j++] ?? '', change: 'same' })
      i += 1
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) pieces.push({ text: old[i++] ?? '', change: 'gone' })
    else pieces.push({ text: now[j++] ?? '', change: 'new' })
  }
  return pieces
}

const sentences = (text: string): string[] => text.match(/[^。；！？;!?\n]+[。；！？;!?\n]*/g) ?? []
