/** The facts of a purchase that stand beside every stage. */
import type { SubscriptionRecord } from '../../subscriptions/record.ts'
import type { MicrosoftSnapshot } from '../../subscriptions/snapshots.ts'
import type { PurchaseSummary } from './buyer-stage.ts'

export const summarise = (record: SubscriptionRecord, planName: string | undefined): PurchaseSummary => ({
  name: record.microsoft.name,
  planId: record.microsoft.planId,
  planName,
  seats: record.microsoft.quantity,
  termUnit: record.microsoft.term.termUnit,
  term: billedTerm(record.microsoft),
  autoRenew: record.microsoft.status === 'Unsubscribed' ? undefined : record.microsoft.autoRenew, // nothing renews after the end
  isFreeTrial: record.microsoft.isFreeTrial,
  isTest: record.environment === 'test',
  purchasedAt: record.microsoft.createdAt,
  mayBeBilled: mayBeBilled(record.microsoft),
  boughtForAnother: isBoughtForAnother(record.microsoft),
  customerManages: mayCustomerManage(record.microsoft),
})

/** Term dates carry meaning only once the subscription was activated (Fulfilment API, Get Subscription); year 1 is Microsoft's "none". */
function billedTerm({ status, term }: MicrosoftSnapshot): PurchaseSummary['term'] {
  const began = status === 'Subscribed' || status === 'Suspended' || status === 'Unsubscribed'
  return began && term.startDate && term.startDate.getUTCFullYear() > 1 ? { startDate: term.startDate, endDate: term.endDate } : undefined
}

/** Activation starts the billing: what was never activated was never billed (SaaS subscription life cycle). */
function mayBeBilled(microsoft: MicrosoftSnapshot): boolean {
  switch (microsoft.status) {
    case 'NotStarted':
    case 'PendingFulfillmentStart':
      return false
    case 'Subscribed':
    case 'Suspended':
    case 'Unknown':
      return true
    case 'Unsubscribed':
      return billedTerm(microsoft) !== undefined
  }
}

function isBoughtForAnother({ beneficiary, purchaser }: MicrosoftSnapshot): boolean {
  const [uses, pays] = [beneficiary.entraTenantId, purchaser.entraTenantId]
  return uses !== undefined && pays !== undefined && uses !== pays
}

/** Purchases through a partner (CSP) allow the customer only to read. No list at all is no restriction. */
const mayCustomerManage = ({ allowedCustomerOperations: allowed }: MicrosoftSnapshot): boolean =>
  allowed.length === 0 || allowed.some((operation) => /^(update|delete)$/i.test(operation))
