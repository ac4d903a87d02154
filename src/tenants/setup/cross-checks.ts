/** What one place of the file alone cannot show. Works on the raw data, so that these faults are told together with all others. */
import type { Path, SetupFault } from './faults.ts'
import { valueAt } from './faults.ts'

/** @param data the file's content, of whatever shape */
export const crossFaults = (data: unknown): readonly SetupFault[] => {
  const tenants = entries(data, ['tenants'])
  return [...repeated(tenants, 'this tenant'), ...tenants.flatMap((tenant) => tenantFaults(data, tenant.path))]
}

function tenantFaults(data: unknown, path: Path): readonly SetupFault[] {
  const products = entries(data, [...path, 'products'])
  const offers = products.flatMap((product) => entries(data, [...product.path, 'offers']))
  return [
    ...repeated(products, 'this product'),
    ...repeated(offers, 'this offer (an offer belongs to one product of a tenant)'),
    ...offers.flatMap((offer) => offerFaults(data, offer.path)),
  ]
}

function offerFaults(data: unknown, path: Path): readonly SetupFault[] {
  const plans = entries(data, [...path, 'plans'])
  const items = plans.map((plan) => entries(data, [...plan.path, 'items']))
  return [
    ...repeated(plans, 'this plan'),
    ...items.flatMap((list) => repeated(list, 'this item')),
    ...mixedKinds(items.flat()),
    ...catalogueFaults(data, path, plans, items.flat()),
    ...handmadeFaults(data, path),
  ]
}

interface Entry {
  readonly path: Path
  readonly id: string | undefined
  readonly kind: unknown
}

function entries(data: unknown, path: Path): readonly Entry[] {
  const list = valueAt(data, path)
  if (!Array.isArray(list)) return []
  return list.map((value: unknown, index) => {
    const id = valueAt(value, ['id'])
    return { path: [...path, index], id: typeof id === 'string' ? id.trim() : undefined, kind: valueAt(value, ['kind']) }
  })
}

const repeated = (list: readonly Entry[], what: string): readonly SetupFault[] =>
  list
    .filter((entry, index) => entry.id !== undefined && list.findIndex((other) => other.id === entry.id) < index)
    .map((entry) => ({ path: entry.path, message: `${what} is listed twice` }))

/** Made by hand is what has no content here. */
function handmadeFaults(data: unknown, path: Path): readonly SetupFault[] {
  if (valueAt(data, [...path, 'handmade']) !== true) return []
  return ['catalogue', 'publish']
    .filter((key) => valueAt(data, [...path, key]) !== undefined)
    .map((key) => ({ path: [...path, key], message: 'expected nothing beside handmade: the content of such an offer is Partner Center’s' }))
}

/** An offer has one pricing model at Microsoft: per user (seats of reservation items) or flat rate (pay-as-you-go items). */
function mixedKinds(items: readonly Entry[]): readonly SetupFault[] {
  const first = items.find(({ kind }) => kind === 'reservation' || kind === 'payAsYouGo')
  return items
    .filter(({ kind }) => (kind === 'reservation' || kind === 'payAsYouGo') && kind !== first?.kind)
    .map(({ path }) => ({
      path: [...path, 'kind'],
      message: "reservation and payAsYouGo items do not mix within an offer: Microsoft's offers have one pricing model",
    }))
}

/** A plan is published with its offer, and by the pricing model its items have. */
function catalogueFaults(data: unknown, path: Path, plans: readonly Entry[], items: readonly Entry[]): readonly SetupFault[] {
  if (valueAt(data, [...path, 'catalogue']) === undefined) {
    return plans
      .map((plan) => [...plan.path, 'catalogue'])
      .filter((at) => valueAt(data, at) !== undefined)
      .map((at) => ({ path: at, message: 'expected a catalogue of the offer too: plans are published with their offer' }))
  }
  const model = [...path, 'catalogue', 'pricingModel']
  const needed = items.some(({ kind }) => kind === 'payAsYouGo') ? 'flatRate' : 'perUser'
  const said = valueAt(data, model)
  if (items.length === 0 || said === needed || (said !== 'flatRate' && said !== 'perUser')) return []
  return [
    { path: model, message: `expected ${needed}: its plans are made of ${needed === 'perUser' ? 'reservation' : 'payAsYouGo'} items` },
  ]
}
