/** Lengths of time as people type them: `30m`, `12h`, `2d`. */
import { days, hours, type Milliseconds, minutes } from '../kit/time.ts'

const UNITS: Readonly<Record<string, (n: number) => Milliseconds>> = { m: minutes, h: hours, d: days }

export function readDuration(text: string): Milliseconds | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text.trim()) ?? []
  const lengthOf = unit === undefined ? undefined : UNITS[unit]
  return lengthOf && count !== undefined && Number(count) > 0 ? lengthOf(Number(count)) : undefined
}

/** The largest unit that says it: `3 d`, `5 h`, `12 min`. */
export function inWords(length: Milliseconds): string {
  if (length >= days(2)) return `${Math.floor(length / days(1))} d`
  if (length >= hours(2)) return `${Math.floor(length / hours(1))} h`
  return `${Math.max(0, Math.floor(length / minutes(1)))} min`
}
