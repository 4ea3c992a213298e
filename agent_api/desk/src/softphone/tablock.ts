// One tab of a browser owns an agent's telephone (Web Locks). The lock goes to the next tab when the owner closes.

export interface LockListener {
  owned(): void
  elsewhere(): void
  /** Another tab took the telephone over on the agent's wish. */
  stolen(): void
}

export class TabLock {
  private release: (() => void) | null = null
  private waiting = new AbortController()

  constructor(
    private readonly name: string,
    private readonly listener: LockListener,
    private readonly locks: LockManager = navigator.locks,
  ) {}

  async acquire(): Promise<void> {
    const { held = [] } = await this.locks.query()
    if (held.some((lock) => lock.name === this.name)) this.listener.elsewhere()
    await this.wait({ signal: this.waiting.signal })
  }

  /** Takes the lock from the tab that holds it. */
  async steal(): Promise<void> {
    this.waiting.abort()
    this.waiting = new AbortController()
    await this.wait({ steal: true })
  }

  give(): void {
    this.waiting.abort()
    this.waiting = new AbortController()
    this.release?.()
    this.release = null
  }

  private async wait(options: LockOptions): Promise<void> {
    let owned = false
    try {
      await this.locks.request(this.name, options, () => {
        owned = true
        this.listener.owned()
        return new Promise<void>((resolve) => (this.release = resolve))
      })
    } catch {
      // Aborted while waiting (we gave up or steal ourselves), or stolen while owned.
      if (owned) this.listener.stolen()
    }
  }
}
