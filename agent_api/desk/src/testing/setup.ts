// What jsdom lacks and components expect.
import { vi } from 'vitest'

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

vi.stubGlobal('ResizeObserver', Observer)
