import { expect, it } from 'vitest'
import { record, redo, startOf, undo } from './history'

it('goes back and forth', () => {
  const history = record(record(startOf('a'), 'b'), 'c')
  expect([undo(history).now, undo(undo(history)).now, undo(undo(undo(history))).now]).toEqual(['b', 'a', 'a'])
  expect(redo(undo(history)).now).toBe('c')
})

it('typing on in one field is one step', () => {
  const typed = record(record(record(startOf('a'), 'ab', 'title'), 'abc', 'title'), 'abcd', 'other')
  expect(undo(typed).now).toBe('abc')
  expect(undo(undo(typed)).now).toBe('a')
})

it('after going back, the next change is a step of its own', () => {
  const typed = record(record(startOf('a'), 'b', 'title'), 'c')
  expect(undo(record(undo(typed), 'd', 'title')).now).toBe('b')
})

it('a new change forgets what was undone; the same value is no change', () => {
  const history = record(undo(record(startOf('a'), 'b')), 'c')
  expect(redo(history)).toBe(history)
  expect(record(history, 'c')).toBe(history)
})
