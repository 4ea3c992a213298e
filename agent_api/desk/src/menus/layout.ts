// Places the open part of an outline from left to right: one column a level, one row a leaf, parents at the middle of
// their children. Pure; sizes are those of the picture's boxes.
import type { Branch } from './outline'

export const BOX = { width: 196, height: 54 } as const
export const LINK = { width: 150, height: 28 } as const
const COLUMN = BOX.width + 92
/** Entry rules have words instead of keys, and often two. */
const FIRST_COLUMN = BOX.width + 170
const ROW_GAP = 14

export interface Placed {
  branch: Branch
  x: number
  y: number
  width: number
  height: number
  open: boolean
  /** Boxes hidden below a closed one. */
  hidden: number
}

export interface Line {
  key: string
  from: string
  to: string
  slots: Branch['slots']
  dashed: boolean
}

export interface Picture {
  boxes: Placed[]
  lines: Line[]
}

export function layout(root: Branch, open: ReadonlySet<string>): Picture {
  const boxes: Placed[] = []
  const lines: Line[] = []
  place(root, 0, 0)
  return { boxes, lines }

  /** Places a branch in the strip that begins at `top`; returns its middle. */
  function place(branch: Branch, depth: number, top: number): number {
    const { width, height } = sizeOf(branch)
    const children = shown(branch, open)
    const strip = stripOf(branch, open)
    let next = top + (strip - sum(children.map((child) => stripOf(child, open)))) / 2
    const middles = children.map((child) => {
      lines.push({ key: `${branch.key}~${child.key}`, from: branch.key, to: child.key, slots: child.slots, dashed: child.kind !== 'node' })
      const middle = place(child, depth + 1, next)
      next += stripOf(child, open) + ROW_GAP
      return middle
    })
    const middle = middles.length ? ((middles[0] as number) + (middles.at(-1) as number)) / 2 : top + strip / 2
    const isOpen = children.length > 0 || branch.children.length === 0
    boxes.push({ branch, x: columnAt(depth), y: middle - height / 2, width, height, open: isOpen, hidden: isOpen ? 0 : boxesBelow(branch) })
    return middle
  }
}

const columnAt = (depth: number) => (depth === 0 ? 0 : FIRST_COLUMN + (depth - 1) * COLUMN)
const sizeOf = (branch: Branch) => (branch.kind === 'link' ? LINK : BOX)
const shown = (branch: Branch, open: ReadonlySet<string>) => (open.has(branch.key) ? branch.children : [])
const sum = (heights: number[]): number => heights.reduce((all, height) => all + height + ROW_GAP, -ROW_GAP)

/** The height a branch takes with all that is open below it. */
function stripOf(branch: Branch, open: ReadonlySet<string>): number {
  return Math.max(sizeOf(branch).height, sum(shown(branch, open).map((child) => stripOf(child, open))))
}

const boxesBelow = (branch: Branch): number => branch.children.reduce((sum, child) => sum + (child.kind === 'link' ? 0 : 1) + boxesBelow(child), 0)
