// Names behind the ids of centres: loaded once, shared. Until they are there an id stands for itself.
import { shallowRef } from 'vue'
import { centers as load } from '@/api/session'
import type { Center } from '@/api/types'

const known = shallowRef<Center[]>([])
let asked = false

export function useCenters() {
  if (!asked) {
    asked = true
    load().then(
      (centers) => (known.value = centers),
      () => (asked = false), // the next view asks again
    )
  }
  return {
    centers: known,
    nameOf: (id: string) => known.value.find((center) => center.id === id)?.name ?? id,
  }
}
