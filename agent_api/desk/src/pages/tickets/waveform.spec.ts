import { expect, it } from 'vitest'
import { peaksOf } from './waveform'

it('takes the loudest of each part', () => {
  expect(peaksOf([0, -0.5, 0.25, 0, 0.1, 0.1], 3)).toEqual([1, 0.5, 0.2])
})

it('leaves silence flat', () => {
  expect(Math.max(...peaksOf([0.001, -0.001, 0.001, 0], 2))).toBeLessThan(0.1)
})

it('has as many bars as asked for, however short the recording', () => {
  expect(peaksOf([], 4)).toEqual([0, 0, 0, 0])
  expect(peaksOf([0.5], 2)).toHaveLength(2)
})
