// Leaves of the tree of contact reasons, and what is still missing on a form. Pure.
import type { FormField, Leaf, Reason } from '@/api/knowledge'

export function leafOf(tree: readonly Reason[], code: string): Leaf | null {
  return tree.flatMap((top) => top.children).flatMap((branch) => branch.children).find((leaf) => leaf.code === code) ?? null
}

const LOOKS_RIGHT: Record<NonNullable<FormField['kind']>, RegExp> = {
  text: /^[\s\S]{0,500}$/,
  number: /^-?\d{1,15}(\.\d{1,6})?$/,
  amount: /^\d{1,9}(\.\d{1,2})?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  choice: /^/,
  phone: /^[0-9+-]{3,20}$/,
}

/** Names of fields that are required and empty, or not what they are for. */
export function missing(fields: readonly FormField[], values: Readonly<Record<string, string | undefined | null>>): string[] {
  return fields
    .filter(({ name, kind, required }) => {
      const value = (values[name] ?? '').trim()
      return value === '' ? required : !LOOKS_RIGHT[kind ?? 'text'].test(value)
    })
    .map((field) => field.name)
}
