import { expect, it } from 'vitest'
import { shortcutOf } from './shortcuts'

function press(init: KeyboardEventInit, on: HTMLElement = document.body) {
  const event = new KeyboardEvent('keydown', init)
  Object.defineProperty(event, 'target', { value: on })
  return shortcutOf(event)
}

it.each([
  [{ key: 'F2' }, 'ready'],
  [{ key: 'F4' }, 'answer'],
  [{ key: 'F8' }, 'hangUp'],
  [{ key: 'F9' }, 'hold'],
  [{ key: 'F9', shiftKey: true }, 'mute'],
  [{ key: 'k', ctrlKey: true }, 'search'],
  [{ key: '?', shiftKey: true }, 'help'],
  [{ key: 'F5' }, null],
  [{ key: 'k' }, null],
])('%j is %s', (init, name) => {
  expect(press(init)).toBe(name)
})

it('plain characters are typed, function keys work all the same', () => {
  const field = document.createElement('textarea')
  expect(press({ key: '?' }, field)).toBeNull()
  expect(press({ key: 'F4' }, field)).toBe('answer')
})
