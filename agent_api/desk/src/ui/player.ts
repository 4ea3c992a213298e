// One loudspeaker for the prompts of the whole desk: starting one sound stops the other.
import { readonly, ref } from 'vue'

const playing = ref('')
const failed = ref('')
let audio: HTMLAudioElement | null = null
let finish: (() => void) | null = null

/** Plays a sound to its end; resolves true then, false when it was stopped or could not be played. */
async function play(url: string): Promise<boolean> {
  stop()
  const mine = new Audio(url)
  audio = mine
  playing.value = url
  failed.value = ''
  const heard = await new Promise<boolean>((resolve) => {
    finish = () => resolve(false)
    mine.addEventListener('ended', () => resolve(true))
    mine.play().catch((error: Error) => {
      // Stopping a sound that has not begun is no failure.
      if (error.name !== 'AbortError') failed.value = url
      resolve(false)
    })
  })
  if (audio === mine) stop()
  return heard
}

function stop(): void {
  audio?.pause()
  audio = null
  playing.value = ''
  finish?.()
  finish = null
}

export function usePlayer() {
  return { playing: readonly(playing), failed: readonly(failed), play, stop }
}

/** One after the other; ends early when one is stopped. */
export async function playAll(urls: readonly string[]): Promise<void> {
  for (const url of urls) if (!(await play(url))) return
}
