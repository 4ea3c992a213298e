// Which of the two sides is heard. Both are heard in both ears: one voice in one ear tires.
export type Side = 'both' | 'customer' | 'agent'

const ORDER: Side[] = ['customer', 'agent']

export interface Sides {
  choose(side: Side): void
  /** Browsers let sound out only after somebody pressed something. */
  wake(): void
  close(): void
}

export function splitSides(media: HTMLMediaElement): Sides {
  const context = new AudioContext()
  const splitter = context.createChannelSplitter(ORDER.length)
  context.createMediaElementSource(media).connect(splitter)
  const gains = ORDER.map((_, channel) => {
    const gain = context.createGain()
    splitter.connect(gain, channel)
    gain.connect(context.destination)
    return gain
  })
  return {
    choose: (side) => gains.forEach((gain, channel) => (gain.gain.value = side === 'both' || ORDER[channel] === side ? 1 : 0)),
    wake: () => void context.resume(),
    close: () => void context.close(),
  }
}
