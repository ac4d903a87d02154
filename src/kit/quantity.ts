/**
 * Exact quantities: whole numbers of 10⁻⁸ units, the finest precision Connect has. Never floats. Parsed and printed here only.
 *
 * Microsoft takes a JSON double. Fifteen significant digits survive that journey unchanged, more may not: what is sent is cut there, and
 * the rest is carried (`splitForDouble`).
 */

/** Whole 10⁻⁸ units: `150_000_000n` is 1.5. Adding and comparing are bigint's own. */
export type ExactQuantity = bigint

/** Decimal places an `ExactQuantity` holds. */
export const DECIMALS = 8

/** One unit: `1`. */
export const ONE: ExactQuantity = 10n ** BigInt(DECIMALS)

/** Significant decimal digits every double keeps. */
export const DOUBLE_DIGITS = 15

/** More than 10¹⁸ units of anything in one record is a mistake, and would not fit the ledger's columns. */
const LARGEST: ExactQuantity = 10n ** 18n * ONE

/** Why a text is no quantity. `tooFine`: more than eight decimal places that are not zero; it is refused, not rounded. */
export type QuantityFault = 'notANumber' | 'tooFine' | 'tooLarge'

export type QuantityReading =
  | { readonly ok: true; readonly quantity: ExactQuantity }
  | { readonly ok: false; readonly fault: QuantityFault }

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i
const LONGEST_TEXT = 100

/** Reads a decimal as people, spreadsheets and JSON write it: `12`, `-0.5`, `.5`, `1.25e-7`. Blanks around it do not matter. Never rounds. */
export function readQuantity(text: string): QuantityReading {
  const trimmed = text.trim()
  const [, sign, whole = '', fraction = '', exponent = '0'] = (trimmed.length <= LONGEST_TEXT && DECIMAL.exec(trimmed)) || []
  const digits = `${whole}${fraction}`
  if (digits === '') return { ok: false, fault: 'notANumber' }
  return scaled(BigInt(digits), Number(exponent) - fraction.length + DECIMALS, sign === '-')
}

/** `digits · 10^places` in 10⁻⁸ units. */
function scaled(digits: bigint, places: number, negative: boolean): QuantityReading {
  if (digits === 0n) return { ok: true, quantity: 0n }
  if (places > 40) return { ok: false, fault: 'tooLarge' }
  if (places < -LONGEST_TEXT) return { ok: false, fault: 'tooFine' }
  const divisor = places < 0 ? 10n ** BigInt(-places) : 1n
  if (digits % divisor !== 0n) return { ok: false, fault: 'tooFine' }
  const size = (digits / divisor) * (places > 0 ? 10n ** BigInt(places) : 1n)
  if (size > LARGEST) return { ok: false, fault: 'tooLarge' }
  return { ok: true, quantity: negative ? -size : size }
}

/** As `readQuantity`, for text of our own. @throws RangeError when it is no quantity. */
export function quantityOf(text: string): ExactQuantity {
  const reading = readQuantity(text)
  if (!reading.ok) throw new RangeError(`not a quantity (${reading.fault}): ${text.slice(0, 40)}`)
  return reading.quantity
}

/** Plain decimals, no exponent, no zeros at the end: `12`, `-0.00000001`. The ledger, the API and every file write it so. */
export function printQuantity(quantity: ExactQuantity): string {
  const size = sizeOf(quantity)
  const fraction = (size % ONE).toString().padStart(DECIMALS, '0').replace(/0+$/, '')
  return `${quantity < 0n ? '-' : ''}${size / ONE}${fraction === '' ? '' : `.${fraction}`}`
}

export function sumQuantities(quantities: Iterable<ExactQuantity>): ExactQuantity {
  let sum = 0n
  for (const quantity of quantities) sum += quantity
  return sum
}

/** For sorting: below, equal, above zero. */
export function compareQuantities(a: ExactQuantity, b: ExactQuantity): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Whether it has at most so many decimal places: an item of `decimal(2)` admits 0.25, not 0.255. */
export const fitsPrecision = (quantity: ExactQuantity, decimals: number): boolean =>
  decimals >= DECIMALS || quantity % 10n ** BigInt(DECIMALS - decimals) === 0n

/** From the first digit that is not zero to the last one; 0 for zero. */
export const significantDigits = (quantity: ExactQuantity): number =>
  quantity === 0n ? 0 : sizeOf(quantity).toString().replace(/0+$/, '').length

/** Whether a double, and so Microsoft, holds it to the last digit. */
export const survivesDouble = (quantity: ExactQuantity): boolean => significantDigits(quantity) <= DOUBLE_DIGITS

export interface DoubleSplit {
  /** The leading fifteen digits: goes out now. */
  readonly sent: ExactQuantity
  /** What is left, of the same sign: waits for the next hour. `sent + carried` is the whole. */
  readonly carried: ExactQuantity
}

/** Cuts what a double cannot hold, toward zero, so that nothing is ever sent that was not used. */
export function splitForDouble(quantity: ExactQuantity): DoubleSplit {
  const excess = sizeOf(quantity).toString().length - DOUBLE_DIGITS
  const carried = excess > 0 ? quantity % 10n ** BigInt(excess) : 0n
  return { sent: quantity - carried, carried }
}

/** The double to put into JSON. @throws RangeError when it would not hold every digit: split it first. */
export function toDouble(quantity: ExactQuantity): number {
  if (!survivesDouble(quantity)) throw new RangeError(`more than ${DOUBLE_DIGITS} significant digits: ${printQuantity(quantity)}`)
  return Number(printQuantity(quantity))
}

/**
 * Reads a double that came back, or a sum the other side made in doubles: to fifteen digits, then to 10⁻⁸. What `toDouble` gave is read
 * back unchanged; `0.1 + 0.2` is 0.3. Undefined when it is no number or beyond all bounds.
 */
export function fromDouble(value: number): ExactQuantity | undefined {
  if (!Number.isFinite(value)) return undefined
  const exact = readQuantity(value.toPrecision(DOUBLE_DIGITS))
  if (exact.ok) return exact.quantity
  return exact.fault === 'tooFine' ? rounded(value) : undefined
}

/** Only small numbers have digits below 10⁻⁸: `toFixed` is exact enough for them. */
function rounded(value: number): ExactQuantity | undefined {
  const reading = readQuantity(value.toFixed(DECIMALS))
  return reading.ok ? reading.quantity : undefined
}

const sizeOf = (quantity: ExactQuantity): bigint => (quantity < 0n ? -quantity : quantity)
