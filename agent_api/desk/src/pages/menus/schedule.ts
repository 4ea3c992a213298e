// A version that waits for its hour goes live by itself: the page follows, without losing unsaved work.
import { onBeforeUnmount, watch, type ShallowRef } from 'vue'
import type { CenterVersions } from '@/api/types'

/** The server looks once a second. */
const AFTER_MS = 1500
/** Longer timers overflow; the page is asked again then. */
const LONGEST_MS = 3_600_000

/** Milliseconds until the next version goes live; null when none waits. */
export function untilNext(rows: CenterVersions | null, now: number): number | null {
  const times = (rows?.versions ?? []).filter((row) => row.state === 'scheduled' && row.publish_at).map((row) => Date.parse(row.publish_at as string))
  return times.length ? Math.min(Math.max(Math.min(...times) - now, 0) + AFTER_MS, LONGEST_MS) : null
}

export function followSchedule(rows: ShallowRef<CenterVersions | null>, refresh: () => Promise<unknown>): void {
  let timer: number | undefined
  const stop = () => window.clearTimeout(timer)
  watch(rows, (found) => {
    stop()
    const wait = untilNext(found, Date.now())
    if (wait !== null) timer = window.setTimeout(() => void refresh().catch(() => null), wait)
  })
  onBeforeUnmount(stop)
}
