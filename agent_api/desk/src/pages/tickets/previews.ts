// Which files are shown on the page, and as what. Pure: the type we give is one of these, never what the file claims beyond it.
import type { Shown } from './FilePreview.vue'

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']

/** Null: it is saved to be opened elsewhere. A drawing (SVG) may hold a program, so it is. */
export function shownAs(mediaType: string): Shown['kind'] | null {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (PICTURES.includes(type)) return 'image'
  if (type === 'application/pdf') return 'pdf'
  return type === 'text/plain' ? 'text' : null
}
