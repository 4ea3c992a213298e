// What is different between two records, field by field. Pure.

export interface RawChange {
  /** Records are gone through entry by entry: "keys.3". */
  field: string
  before: unknown
  after: unknown
}

type Fields = Record<string, unknown>

export const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

export function fieldChanges(before: Fields, after: Fields, prefix = ''): RawChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    if (isRecord(old) && isRecord(now)) return fieldChanges(old, now, `${prefix}${name}.`)
    return written(old) === written(now) ? [] : [{ field: `${prefix}${name}`, before: old, after: now }]
  })
}

/** Values in one fixed spelling: the order of names in a record says nothing. */
export function written(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (!isRecord(value)) return String(value)
  const parts = Object.keys(value).sort().map((name) => [name, written(value[name])] as const)
  return parts.filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${text}`).join(' · ')
}
