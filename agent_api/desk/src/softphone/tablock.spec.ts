import { beforeEach, describe, expect, it } from 'vitest'
import { TabLock } from './tablock'

/** The part of Web Locks that is used, for one name, as the specification has it. */
class FakeLocks {
  private holder: { name: string; lose: () => void } | null = null
  private queue: (() => void)[] = []

  async query() {
    return { held: this.holder ? [{ name: this.holder.name }] : [] }
  }

  request(name: string, options: LockOptions, run: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        const mine = { name, lose: () => reject(new DOMException('stolen', 'AbortError')) }
        this.holder = mine
        void run().then(() => {
          if (this.holder === mine) this.next()
          resolve()
        })
      }
      options.signal?.addEventListener('abort', () => {
        this.queue = this.queue.filter((one) => one !== take)
        reject(new DOMException('gave up', 'AbortError'))
      })
      if (options.steal) this.holder?.lose()
      if (options.steal || !this.holder) take()
      else this.queue.push(take)
    })
  }

  private next(): void {
    this.holder = null
    this.queue.shift()?.()
  }
}

function tab(locks: FakeLocks) {
  const heard: string[] = []
  const listener = { owned: () => heard.push('owned'), elsewhere: () => heard.push('elsewhere'), stolen: () => heard.push('stolen') }
  return { heard, lock: new TabLock('phone', listener as never, locks as unknown as LockManager) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('two tabs and one telephone', () => {
  let locks: FakeLocks
  beforeEach(() => (locks = new FakeLocks()))

  it('belongs to the first, and goes to the second when the first closes', async () => {
    const [first, second] = [tab(locks), tab(locks)]
    void first.lock.acquire()
    await settled()
    void second.lock.acquire()
    await settled()
    expect([first.heard, second.heard]).toEqual([['owned'], ['elsewhere']])
    first.lock.give()
    await settled()
    expect(second.heard).toEqual(['elsewhere', 'owned'])
  })

  it('is taken over on wish, and the first may have it back later', async () => {
    const [first, second] = [tab(locks), tab(locks)]
    void first.lock.acquire()
    await settled()
    void second.lock.acquire()
    await settled()
    void second.lock.steal()
    await settled()
    expect([first.heard, second.heard]).toEqual([['owned', 'stolen'], ['elsewhere', 'owned']])
    void first.lock.acquire()
    await settled()
    second.lock.give()
    await settled()
    expect(first.heard).toEqual(['owned', 'stolen', 'elsewhere', 'owned'])
  })

  it('is not waited for any more after giving up', async () => {
    const [first, second] = [tab(locks), tab(locks)]
    void first.lock.acquire()
    await settled()
    void second.lock.acquire()
    await settled()
    second.lock.give()
    first.lock.give()
    await settled()
    expect(second.heard).toEqual(['elsewhere'])
  })
})
