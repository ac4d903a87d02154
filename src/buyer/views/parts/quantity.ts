/** Exact quantities in the reader's manner: every digit is shown, whatever a float would make of it. */
import { type ExactQuantity, printQuantity } from '../../../kit/quantity.ts'
import type { Setting } from '../setting.ts'

export function quantityText(quantity: ExactQuantity, { locale }: Pick<Setting, 'locale'>): string {
  const [whole = '0', fraction] = printQuantity(quantity).split('.')
  const format = new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
  const grouped = format.format(BigInt(whole))
  if (fraction === undefined) return grouped
  const point = format.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  return `${grouped}${point}${fraction}`
}
