// How long something has waited, in the two largest units. Pure; letters stand for units in every language.
export function age(seconds: number): string {
  const minutes = Math.max(0, Math.floor(seconds / 60))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  if (days > 0) return `${days}d ${hours}h`
  return hours > 0 ? `${hours}h ${rest}m` : `${rest}m`
}
