/** In what the sides differ, with both values. Pure. */
import type { ItemId, PlanId } from '../../../kit/ids.ts'
import type { ItemQuantity } from '../item-quantity.ts'
import { sameItems, wantedItems } from '../items.ts'
import type { AssetStatus, MappedPlan, MicrosoftStatus } from '../view.ts'
import type { KnownSubscription, ListedAsset, ListedSubscription, SubjectSetup } from './subject.ts'

export const FIELDS = ['status', 'plan', 'seats', 'items', 'environment', 'product', 'record'] as const
export type Field = (typeof FIELDS)[number]

export interface Difference {
  readonly field: Field
  readonly microsoft?: string | undefined
  readonly connect?: string | undefined
  /** What this bridge has stored or been told. */
  readonly bridge?: string | undefined
}

export function differencesOf(
  microsoft: ListedSubscription,
  asset: ListedAsset,
  record: KnownSubscription | undefined,
  setup: SubjectSetup,
): readonly Difference[] {
  if (asset.productId !== setup.productId) {
    return [{ field: 'product', microsoft: setup.productId, connect: asset.productId }, ...recordDifferences(microsoft, record)]
  }
  return [
    ...statusDifferences(microsoft.status, asset.status, setup.supportsHold),
    ...environmentDifferences(microsoft, asset),
    ...(holdsContents(microsoft.status, asset.status) ? contentDifferences(microsoft, asset, setup) : []),
    ...recordDifferences(microsoft, record),
  ]
}

/** What we have stored is not what Microsoft says now. */
export function recordDifferences(microsoft: ListedSubscription, record: KnownSubscription | undefined): readonly Difference[] {
  if (!record) return []
  const ended = record.status === 'Unsubscribed' // never left, whatever a lagging list says
  const same = (ended || record.status === microsoft.status) && record.planId === microsoft.planId && record.quantity === microsoft.quantity
  return same ? [] : [{ field: 'record', microsoft: inWords(microsoft), bridge: inWords(record) }]
}

const inWords = ({ status, planId, quantity }: Pick<ListedSubscription, 'status' | 'planId' | 'quantity'>): string =>
  [status, planId, ...(quantity === undefined ? [] : [`${quantity} seats`])].join(', ')

function statusDifferences(microsoft: MicrosoftStatus, connect: AssetStatus, supportsHold: boolean): readonly Difference[] {
  return fittingStatuses(microsoft, supportsHold).includes(connect) ? [] : [{ field: 'status', microsoft, connect }]
}

function fittingStatuses(microsoft: MicrosoftStatus, supportsHold: boolean): readonly AssetStatus[] {
  switch (microsoft) {
    case 'Subscribed':
      return ['active']
    case 'Suspended':
      return supportsHold ? ['suspended'] : ['suspended', 'active']
    case 'Unsubscribed':
      return ['terminated']
    case 'PendingFulfillmentStart':
    case 'NotStarted':
      return ['processing', 'active', 'suspended', 'terminating', 'unknown']
    case 'Unknown':
      return []
  }
}

/** Preview, test and sandbox purchases belong to the test connection, all others to the production one. */
const environmentDifferences = (microsoft: ListedSubscription, asset: ListedAsset): readonly Difference[] =>
  asset.environment === undefined || asset.environment === microsoft.environment
    ? []
    : [{ field: 'environment', microsoft: microsoft.environment, connect: asset.environment }]

/** Nobody asks what an ended subscription or an asset that is gone contains. */
const holdsContents = (microsoft: MicrosoftStatus, connect: AssetStatus): boolean =>
  microsoft !== 'Unsubscribed' && microsoft !== 'Unknown' && (connect === 'active' || connect === 'suspended')

function contentDifferences(microsoft: ListedSubscription, asset: ListedAsset, setup: SubjectSetup): readonly Difference[] {
  const plan = setup.plans.get(microsoft.planId)
  if (!plan) return [{ field: 'plan', microsoft: microsoft.planId, bridge: 'not in the plan map' }]
  const wanted = wantedItems(plan, microsoft.quantity)
  if (sameItems(wanted, asset.items, setup.mappedItems)) return []
  const held = asset.items.filter(({ itemId, quantity }) => quantity !== 0 && setup.mappedItems.includes(itemId))
  const [want, have] = [idsOf(wanted), idsOf(held)]
  if (sameIds(want, have)) return [{ field: 'seats', microsoft: quantitiesOf(wanted), connect: quantitiesOf(held) }]
  if (have.length > 0 && !have.some((id) => want.includes(id))) {
    return [{ field: 'plan', microsoft: microsoft.planId, connect: planOf(have, setup.plans) ?? itemsInWords(held) }]
  }
  return [{ field: 'items', microsoft: itemsInWords(wanted), connect: itemsInWords(held) }]
}

const idsOf = (items: readonly ItemQuantity[]): readonly ItemId[] => items.map(({ itemId }) => itemId)

const sameIds = (a: readonly ItemId[], b: readonly ItemId[]): boolean => a.length === b.length && a.every((id) => b.includes(id))

/** The plan these items are, when it is exactly one. */
function planOf(ids: readonly ItemId[], plans: ReadonlyMap<PlanId, MappedPlan>): PlanId | undefined {
  const [first, ...others] = [...plans].filter(([, plan]) =>
    sameIds(
      plan.items.map(({ itemId }) => itemId),
      ids,
    ),
  )
  return others.length === 0 ? first?.[0] : undefined
}

/** One item: its quantity alone. */
const quantitiesOf = (items: readonly ItemQuantity[]): string =>
  items.length === 1 ? String(items[0]?.quantity) : itemsInWords(items.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1)))

export const itemsInWords = (items: readonly ItemQuantity[]): string =>
  items.length === 0 ? 'nothing' : items.map(({ itemId, quantity }) => `${itemId}: ${quantity}`).join(', ')
