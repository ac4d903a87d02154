/** Days as Microsoft writes them. Texts of this form compare as the days do. Pure. */
import type { Day } from './draft.ts'

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

export const isFirstOfMonth = (day: Day): boolean => day.endsWith('-01')

export const isLastOfMonth = (day: Day): boolean => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === date
}
