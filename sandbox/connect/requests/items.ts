/** Items and quantities of a request. */
import { findItem, type Product } from '../catalogue/products.ts'
import { isObject } from '../json.ts'
import type { ItemLine, Quantity } from '../records.ts'
import { invalid } from '../refusal.ts'

/**
 * Reads `items[]`: global or local id, quantity as a number or as text, "unlimited" or -1 for Pay-as-you-go.
 * @throws Refusal 400 with a message per faulty line.
 */
export function readItems(product: Product, given: unknown): Map<string, Quantity> {
  if (!Array.isArray(given) || given.length === 0) throw invalid('asset.items: This list may not be empty.')
  const faults: string[] = []
  const quantities = new Map<string, Quantity>()
  given.forEach((line: unknown, index) => {
    const path = `asset.items.${index}`
    const reference = isObject(line) ? (line['global_id'] ?? line['id']) : undefined
    const item = typeof reference === 'string' ? findItem(product, reference) : undefined
    if (!item || !isObject(line)) {
      faults.push(`${path}.id: Item "${String(reference ?? '')}" does not belong to product ${product.seed.id}.`)
      return
    }
    if (quantities.has(item.id)) faults.push(`${path}.id: Item "${item.id}" is given twice.`)
    const quantity = readQuantity(line['quantity'])
    if (quantity === undefined) faults.push(`${path}.quantity: A valid number is required.`)
    else if (quantity < 0 && item.type === 'Reservation') faults.push(`${path}.quantity: Ensure this value is greater than or equal to 0.`)
    else if (item.type === 'Reservation' && !Number.isInteger(quantity)) faults.push(`${path}.quantity: A valid integer is required.`)
    else quantities.set(item.id, quantity)
  })
  if (faults.length > 0) throw invalid(...faults)
  return quantities
}

function readQuantity(given: unknown): Quantity | undefined {
  if (given === 'unlimited') return -1
  const value = typeof given === 'number' ? given : typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN
  return Number.isFinite(value) && (value >= 0 || value === -1) ? value : undefined
}

/** Every item of the product, those the customer does not hold with zeros. */
export const linesOf = (product: Product, before: ReadonlyMap<string, Quantity>, after: ReadonlyMap<string, Quantity>): ItemLine[] =>
  product.seed.items.map((item) => ({ itemId: item.id, quantity: after.get(item.id) ?? 0, oldQuantity: before.get(item.id) ?? 0 }))

/** @throws Refusal 400 when nothing is ordered at all. */
export function refuseAllZero(quantities: ReadonlyMap<string, Quantity>): void {
  if ([...quantities.values()].every((quantity) => quantity === 0)) throw invalid('asset.items: This list may not be empty.')
}

export const quantityText = (quantity: Quantity): string => (quantity === -1 ? 'unlimited' : String(quantity))
