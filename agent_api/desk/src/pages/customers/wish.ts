// What a change of credit is to be, in words. Pure.
type Words = (key: string) => string

export function wishText(after: Readonly<Record<string, unknown>>, t: Words): string {
  return Object.entries(after)
    .map(([name, value]) => (name === 'state' ? t(`customers.credit.states.${String(value)}`) : value === true ? t(`customers.credit.${name}`) : `${t(`customers.credit.${name}`)} ${String(value)}`))
    .join(' · ')
}
