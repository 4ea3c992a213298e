// Two short tones that ask for attention. Silent where the browser allows no sound yet.
let context: AudioContext | null = null

const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.18 },
] as const
const LENGTH_SECONDS = 0.16
const VOLUME = 0.15

export function chime(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume()
  for (const { hertz, at } of TONES) {
    const volume = context.createGain()
    const begins = context.currentTime + at
    volume.gain.setValueAtTime(VOLUME, begins)
    volume.gain.setTargetAtTime(0, begins + LENGTH_SECONDS / 2, LENGTH_SECONDS / 6)
    volume.connect(context.destination)
    const tone = new OscillatorNode(context, { frequency: hertz })
    tone.connect(volume)
    tone.start(begins)
    tone.stop(begins + LENGTH_SECONDS)
  }
}
