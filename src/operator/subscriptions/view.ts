/** A subscription as operators read it, as JSON: no order, no names, no addresses. */
import { attentionCatalogue, presentAttention } from '../../attention/index.ts'
import type { Db } from '../../database/index.ts'
import {
  listActions,
  type ManagementAction,
  readSources,
  readTimeline,
  type StoredSubscription,
  subjectOf,
  type TimelineEntry,
  tell,
} from '../../subscriptions/index.ts'
import { planMapping } from '../../tenants/index.ts'
import { itemView } from '../attention/view.ts'
import type { OperatorDeps } from '../deps.ts'

export const subscriptionView = (one: StoredSubscription) => ({
  id: one.subscriptionId,
  tenantId: one.tenantId,
  productId: one.productId ?? null,
  offerId: one.offerId,
  planId: one.planId,
  quantity: one.quantity ?? null,
  environment: one.environment,
  testReason: one.microsoft.testReason ?? null,
  microsoft: {
    status: one.microsoft.status,
    term: one.microsoft.term,
    allowedCustomerOperations: one.microsoft.allowedCustomerOperations,
    observedAt: one.microsoftObservedAt,
  },
  connect: {
    asset: one.connect.asset
      ? {
          id: one.connect.asset.id,
          status: one.connect.asset.status,
          reconciliationId: one.connect.asset.reconciliationId ?? null,
          items: one.connect.asset.items,
        }
      : null,
    openRequest: one.connect.openRequest ? requestView(one.connect.openRequest) : null,
    observedAt: one.connectObservedAt ?? null,
  },
  confirmedAt: one.confirmed?.at ?? null,
  firstSeenAt: one.firstSeenAt,
  next: one.next ?? null,
  attention: one.openAttention.map((item) => ({ ...item, sentence: attentionCatalogue[item.code].sentence })),
})
export type SubscriptionView = ReturnType<typeof subscriptionView>

/** Without the form's address: it carries a secret code. */
const requestView = (request: NonNullable<StoredSubscription['connect']['openRequest']>) => {
  const { id, type, status, reason, plannedAt, createdAt, tierRequest } = request
  return { ...{ id, type, status, reason, plannedAt, createdAt }, tierRequest: tierRequest ?? null }
}

/** With its attention items in full, and its timeline. */
export async function subscriptionRecord({ db, clock }: Pick<OperatorDeps, 'db' | 'clock'>, one: StoredSubscription) {
  const items = await presentAttention(db, one.tenantId, subjectOf(one))
  const timeline = await readTimeline(db, one)
  const asked = await listActions(db, one, 5)
  return {
    ...subscriptionView(one),
    ...(await origin(db, one)),
    attention: items.map((item) => itemView(item, clock.now(), one.environment)),
    asked: asked.map(askedView),
    timeline: timeline.map(entryView),
  }
}

/** Where its plan comes from, when it is of a private offer: the plan it is sold as, and the private offers Microsoft tells. */
async function origin(db: Db, one: StoredSubscription) {
  const [mapping, sources] = await Promise.all([planMapping(db, one.tenantId, one.offerId, one.planId), readSources(db, one)])
  return { soldAs: mapping?.base ?? null, privateOffers: sources?.planId === one.planId ? sources.privateOffers : [] }
}

/** What was asked for at Microsoft here; of a buyer no name. */
const askedView = ({ id, wanted, from, askedBy, askedByName, askedAt, ended }: ManagementAction) => ({
  ...{ id, wanted, from, askedBy, askedByName: askedByName ?? null, askedAt, ended: ended ?? null },
  outcome: ended?.as ?? 'underWay',
})

const entryView = (entry: TimelineEntry) => ({ ...entry, sentence: tell(entry).sentence })
export type SubscriptionRecord = Awaited<ReturnType<typeof subscriptionRecord>>
