import { expect, it, vi } from 'vitest'
import { splitSides } from './sides'

it('lets through the chosen side, in both ears', () => {
  const gains: { gain: { value: number }; connect: () => void }[] = []
  const wired: [unknown, number][] = []
  vi.stubGlobal('AudioContext', class {
    destination = {}
    createChannelSplitter = () => ({ connect: (gain: unknown, channel: number) => wired.push([gain, channel]) })
    createMediaElementSource = () => ({ connect: () => undefined })
    createGain = () => {
      const gain = { gain: { value: 1 }, connect: () => undefined }
      gains.push(gain)
      return gain
    }
  })
  const sides = splitSides(new Audio())
  expect(wired).toEqual([[gains[0], 0], [gains[1], 1]])
  const heard = (['customer', 'agent', 'both'] as const).map((side) => {
    sides.choose(side)
    return gains.map((gain) => gain.gain.value)
  })
  expect(heard).toEqual([[1, 0], [0, 1], [1, 1]])
})
