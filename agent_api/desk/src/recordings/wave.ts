// The shape of a recording that plays: the only user of wavesurfer.js. It loads nothing but the sound, part by part.
import WaveSurfer from 'wavesurfer.js'
import RegionsPlugin from 'wavesurfer.js/plugins/regions'

export interface Mark {
  from: number
  to: number
  label: string
}

export interface Shown {
  url: string
  seconds: number
  /** The customer's and the agents' bars, 0 to 255. */
  sides: [number[], number[]]
  marks: Mark[]
}

export interface Told {
  at(seconds: number): void
  playing(now: boolean): void
  failed(): void
}

export interface Wave {
  media: HTMLMediaElement
  toggle(): void
  seek(seconds: number): void
  speed(rate: number): void
  close(): void
}

const LOUDEST = 255
const SIDE_HEIGHT = 44
/** A silent recording stays flat instead of showing its noise as speech. */
const QUIET = 0.05

export function openWave(box: HTMLElement, shown: Shown, told: Told): Wave {
  const sides = shown.sides.map((bars) => bars.map((bar) => bar / LOUDEST))
  const regions = RegionsPlugin.create()
  const surfer = WaveSurfer.create({
    container: box,
    url: shown.url,
    peaks: sides,
    duration: shown.seconds,
    height: SIDE_HEIGHT,
    normalize: true,
    maxPeak: Math.max(QUIET, ...sides.flat()),
    barWidth: 2,
    barGap: 1,
    splitChannels: colours(box).map(([waveColor, progressColor]) => ({ waveColor, progressColor, barHeight: 0.9 })),
    plugins: [regions],
  })
  surfer.on('ready', () => {
    for (const mark of shown.marks) {
      regions.addRegion({ start: mark.from, end: mark.to, content: mark.label, drag: false, resize: false, color: colour(box, '--desk-mark', 'rgba(230, 162, 60, 0.25)') })
    }
  })
  surfer.on('timeupdate', told.at)
  surfer.on('play', () => told.playing(true))
  surfer.on('pause', () => told.playing(false))
  surfer.on('finish', () => told.playing(false))
  surfer.on('error', told.failed)
  return {
    media: surfer.getMediaElement(),
    toggle: () => void surfer.playPause(),
    seek: (seconds) => surfer.setTime(Math.min(Math.max(0, seconds), shown.seconds)),
    speed: (rate) => surfer.setPlaybackRate(rate, true),
    close: () => surfer.destroy(),
  }
}

function colours(box: HTMLElement): [string, string][] {
  const faint = colour(box, '--el-border-color-darker', '#a8abb2')
  return [
    [faint, colour(box, '--el-color-primary', '#409eff')],
    [faint, colour(box, '--el-color-success', '#67c23a')],
  ]
}

const colour = (box: HTMLElement, name: string, otherwise: string) => getComputedStyle(box).getPropertyValue(name).trim() || otherwise
