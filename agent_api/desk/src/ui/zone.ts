// The centre's local time. Every time on the screen is in it, wherever the browser stands.
interface Moment {
  day: string
  time: string
}

let writer = of(undefined)

function of(zone: string | undefined): Intl.DateTimeFormat {
  const numbers = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat('en-CA', { ...numbers, timeZone: zone })
}

/** Before somebody has signed in, the browser's own. */
export function setZone(zone: string | undefined): void {
  writer = of(zone)
}

/** 2026-11-21 and 16:33:05 at the centre. */
export function momentOf(at: Date): Moment {
  const parts = Object.fromEntries(writer.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, time: `${parts['hour']}:${parts['minute']}:${parts['second']}` }
}

/** When the day (2026-11-21) begins at the centre. */
export const startOf = (day: string): Date => instantOf(day, '00:00:00')

/** When it is so late (16:33:05) on the day (2026-11-21) at the centre. */
export function instantOf(day: string, time: string): Date {
  const wanted = Date.parse(`${day}T${time}Z`)
  // Twice: the first guess may lie on the other side of a change of the clocks.
  return new Date([0, 0].reduce((guess) => guess + (wanted - read(guess)), wanted))
}

function read(instant: number): number {
  const { day, time } = momentOf(new Date(instant))
  return Date.parse(`${day}T${time}Z`)
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 864e5).toISOString().slice(0, 10)
}

/** The day somebody chose in a calendar, which speaks in the browser's own time. */
export function chosenDay(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}
