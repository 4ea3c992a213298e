// Walking through the picture by arrow keys. Pure.
import type { Picture } from './layout'

export type Direction = 'up' | 'down' | 'before' | 'after'

/** The box next to one: its parent, its first child, or the one above or below in the same column. */
export function neighbour({ boxes, lines }: Picture, key: string, direction: Direction): string | null {
  const here = boxes.find(({ branch }) => branch.key === key)
  if (!here) return null
  if (direction === 'up') return lines.find((line) => line.to === key)?.from ?? null
  if (direction === 'down') return lines.find((line) => line.from === key)?.to ?? null
  const column = boxes.filter((box) => box.x === here.x).sort((a, b) => a.y - b.y)
  const place = column.indexOf(here) + (direction === 'after' ? 1 : -1)
  return column[place]?.branch.key ?? null
}
