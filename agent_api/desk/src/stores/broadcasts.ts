// Messages of supervisors to the desks, newest first, until they are over or the reader puts them away.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useLive } from './live'

const MOST = 5

export const useBroadcasts = defineStore('broadcasts', () => {
  const live = useLive()
  const read = ref<readonly string[]>([])
  const shown = computed(() =>
    Object.values(live.state.notices)
      .filter((notice) => !read.value.includes(notice.id))
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, MOST),
  )
  const putAway = (id: string) => void (read.value = [...read.value, id])
  return { shown, putAway }
})
