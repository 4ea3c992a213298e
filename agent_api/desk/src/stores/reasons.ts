// The tree of contact reasons: loaded once per sign-in, shared by all forms.
import { shallowRef } from 'vue'
import { contactReasons } from '@/api/calls'
import type { ContactReason } from '@/api/types'

const tree = shallowRef<ContactReason[] | null>(null)

export function useContactReasons() {
  return {
    tree,
    async load(): Promise<ContactReason[]> {
      tree.value ??= await contactReasons()
      return tree.value
    },
  }
}

/** Codes from the root to `code`: what the cascader wants. Empty when unknown. */
export function pathOf(code: string | null, reasons: readonly ContactReason[]): string[] {
  for (const reason of reasons) {
    if (reason.code === code) return [reason.code]
    const below = pathOf(code, reason.children)
    if (below.length) return [reason.code, ...below]
  }
  return []
}

/** "投诉 > 收费争议 > 未订购扣费"; the code itself when it is not in the tree. */
export function titleOf(code: string, reasons: readonly ContactReason[]): string {
  const titles: string[] = []
  let level: readonly ContactReason[] = reasons
  for (const step of pathOf(code, reasons)) {
    const reason = level.find((one) => one.code === step)
    if (!reason) break
    titles.push(reason.title)
    level = reason.children
  }
  return titles.join(' > ') || code
}
