// Names behind the ids of centres: loaded once, shared. Until they are there an id stands for itself.
import { shallowRef } from 'vue'
import { centers as load } from '@/api/session'
import type { Center } from '@/api/types'

const known = shallowRef<Center[]>([])
let asked = false

/** A department is written with its centre before it: js/网络部. */
function nameOf(id: string): string {
  const [center = '', department] = id.split('/', 2)
  const name = known.value.find((one) => one.id === center)?.name ?? center
  return department ? `${name} ${department}` : name
}

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
    nameOf,
  }
}
