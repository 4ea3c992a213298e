// Cells of the table of rights: what is ticked, what that changes, how two versions differ. Pure.
import type { Cell, Column, Matrix } from '@/api/roles'

export type Key = `${string}/${string}`
export const keyOf = (role: string, permission: string): Key => `${role}/${permission}`

/** Every right in force. */
export function ticked(matrix: Matrix): Set<Key> {
  return new Set(matrix.roles.flatMap((role) => role.may.map((permission) => keyOf(role.code, permission))))
}

/** The centre's own word: where it differs from what it would have without one. */
export function ownCells(matrix: Matrix, now: ReadonlySet<Key>): Cell[] {
  return matrix.roles.flatMap((role) =>
    matrix.permissions
      .filter((permission) => role.above.includes(permission) !== now.has(keyOf(role.code, permission)))
      .map((permission) => ({ role: role.code, permission, may: now.has(keyOf(role.code, permission)) })),
  )
}

export interface Difference extends Cell {
  /** Given or taken by the later version. */
  may: boolean
}

/** What `after` says otherwise than `before`; a cell one of them is silent about is as the centre above has it. */
export function differences(before: readonly Cell[], after: readonly Cell[], roles: readonly Column[]): Difference[] {
  const above = (cell: Cell) => roles.find((role) => role.code === cell.role)?.above.includes(cell.permission) ?? false
  const says = (cells: readonly Cell[], wanted: Cell) => cells.find((cell) => cell.role === wanted.role && cell.permission === wanted.permission)?.may ?? above(wanted)
  const named = new Map([...before, ...after].map((cell) => [keyOf(cell.role, cell.permission), cell]))
  return [...named.values()].filter((cell) => says(before, cell) !== says(after, cell)).map((cell) => ({ ...cell, may: says(after, cell) }))
}

export const rightKey = (permission: string) => `right.${permission.replaceAll('.', '_')}`
