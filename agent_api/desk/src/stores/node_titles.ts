// What the menu's nodes are called: loaded once, shared. Until they are there a node's id stands for itself.
import { shallowRef } from 'vue'
import { nodeTitles } from '@/api/menus'

const known = shallowRef<Record<string, string>>({})
let asked = false

export function useNodeTitles() {
  if (!asked) {
    asked = true
    nodeTitles().then(
      (titles) => (known.value = titles),
      () => (asked = false), // the next view asks again
    )
  }
  return known
}
