/** Quantities as Connect writes them: `"5"`, `"4.0"`, `5`, `"unlimited"`, `-1`. */
import { z } from 'zod'

/** Units of an item; `unlimited` is a pay-as-you-go item without a limit (written as −1, read back as "unlimited"). */
export type Quantity = number | 'unlimited'

const UNLIMITED = -1

/** Never rounds: what has no exact meaning is an error. Absent is not zero. */
export const quantity = z.union([z.string(), z.number()]).transform((value, context): Quantity => {
  const read = parseQuantity(value)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'expected a number from 0, -1 or "unlimited"' })
  return z.NEVER
})

function parseQuantity(value: string | number): Quantity | undefined {
  const text = String(value).trim().toLowerCase()
  if (text === 'unlimited') return 'unlimited'
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const amount = Number(text)
  if (amount === UNLIMITED) return 'unlimited'
  return amount >= 0 && amount <= Number.MAX_SAFE_INTEGER ? amount : undefined
}

/**
 * The number to send.
 * @throws RangeError for a negative or endless amount: −1 has its own word.
 */
export function quantityToWire(amount: Quantity): number {
  if (amount === 'unlimited') return UNLIMITED
  if (!(amount >= 0 && amount <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`a quantity is 0 or more, got ${amount}`)
  return amount
}
