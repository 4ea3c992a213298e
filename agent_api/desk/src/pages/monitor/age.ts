// How long something has waited, in its two largest units. Pure: `say` knows the language.
type Say = (key: string, values: Record<string, number>) => string

export function age(seconds: number, say: Say): string {
  const whole = Math.max(0, Math.floor(seconds / 60))
  const [days, hours, minutes] = [Math.floor(whole / 1440), Math.floor(whole / 60) % 24, whole % 60]
  if (days > 0) return say('monitor.age.days', { days, hours })
  return hours > 0 ? say('monitor.age.hours', { hours, minutes }) : say('monitor.age.minutes', { minutes })
}
