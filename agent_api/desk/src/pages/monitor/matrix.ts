// The board as a table of units and stages. Pure.
import type { Cell, Colour } from '@/api/monitor'

export const STAGES = ['accept', 'audit_dispatch', 'verify', 'result_audit', 'callback', 'standing'] as const
export const COLOURS: readonly Colour[] = ['red', 'yellow', 'green', 'none']

export interface Chip {
  colour: Colour
  count: number
}

export interface UnitRow {
  unit: string
  total: number
  stages: Readonly<Record<string, readonly Chip[]>>
}

const chips = (cell: Cell | undefined): Chip[] => COLOURS.map((colour) => ({ colour, count: cell?.colours[colour] ?? 0 })).filter((chip) => chip.count > 0)
const red = (row: UnitRow): number => Object.values(row.stages).flat().reduce((sum, chip) => sum + (chip.colour === 'red' ? chip.count : 0), 0)

/** Whoever has most that is late comes first. */
export function unitRows(cells: readonly Cell[]): UnitRow[] {
  const units = [...new Set(cells.map((cell) => cell.unit))].sort()
  const rows = units.map((unit) => {
    const stages = Object.fromEntries(STAGES.map((stage) => [stage, chips(cells.find((cell) => cell.unit === unit && cell.stage === stage))]))
    return { unit, stages, total: Object.values(stages).flat().reduce((sum, chip) => sum + chip.count, 0) }
  })
  return rows.sort((one, other) => red(other) - red(one) || other.total - one.total)
}
