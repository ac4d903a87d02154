/** Reads a subscription of the fulfilment API and of webhook payloads. Source: Fulfilment API 2018-08-31, schema Subscription. */
import { z } from 'zod'
import { entraObjectId, entraTenantId, offerId, planId, subscriptionId } from '../../kit/ids.ts'
import { type MicrosoftSubscription, SUBSCRIPTION_STATUSES, type SubscriptionTerm } from '../subscription.ts'
import {
  flag,
  listOf,
  openWords,
  optionalId,
  optionalInstant,
  optionalText,
  quantity,
  recordOrEmpty,
  textOf,
  textOrEmpty,
} from './primitives.ts'

const PREVIEW_SUFFIX = '-preview'

export const isPreviewOffer = (wireOfferId: string): boolean => wireOfferId.toLowerCase().endsWith(PREVIEW_SUFFIX)
export const withoutPreview = (wireOfferId: string): string =>
  isPreviewOffer(wireOfferId) ? wireOfferId.slice(0, -PREVIEW_SUFFIX.length) : wireOfferId

const offer = z
  .string()
  .transform((text) => text.trim())
  .transform((text) => ({ id: withoutPreview(text), isPreview: isPreviewOffer(text) }))
  .pipe(z.object({ id: offerId, isPreview: z.boolean() }))

const party = recordOrEmpty.pipe(
  z.object({ tenantId: optionalId(entraTenantId), objectId: optionalId(entraObjectId), emailId: optionalText }),
)
type WireParty = z.infer<typeof party>

const term = recordOrEmpty.pipe(
  z.object({ startDate: optionalInstant, endDate: optionalInstant, termUnit: optionalText, chargeDuration: optionalText }),
)

const wireSubscription = z.object({
  id: subscriptionId,
  name: textOrEmpty,
  publisherId: textOrEmpty,
  offerId: offer,
  planId,
  quantity,
  saasSubscriptionStatus: textOrEmpty,
  beneficiary: party,
  purchaser: party,
  term,
  autoRenew: flag,
  isTest: flag,
  isFreeTrial: flag,
  allowedCustomerOperations: listOf(z.unknown()),
  sessionMode: optionalText,
  sandboxType: optionalText,
  created: optionalInstant,
  lastModified: optionalInstant,
})

const readStatus = openWords(SUBSCRIPTION_STATUSES)

export const subscription = wireSubscription.transform((wire): MicrosoftSubscription => {
  const status = readStatus(wire.saasSubscriptionStatus)
  return {
    id: wire.id,
    name: wire.name,
    publisherId: wire.publisherId,
    offerId: wire.offerId.id,
    isPreview: wire.offerId.isPreview,
    planId: wire.planId,
    quantity: wire.quantity,
    status,
    rawStatus: wire.saasSubscriptionStatus,
    beneficiary: toParty(wire.beneficiary),
    purchaser: toParty(wire.purchaser),
    term: status === 'Subscribed' || status === 'Suspended' ? wire.term : withoutDates(wire.term),
    autoRenew: wire.autoRenew,
    isTest: wire.isTest,
    isFreeTrial: wire.isFreeTrial,
    allowedCustomerOperations: wire.allowedCustomerOperations.flatMap((operation) => textOf(operation) ?? []),
    sessionMode: wire.sessionMode,
    sandboxType: wire.sandboxType,
    created: wire.created,
    lastModified: wire.lastModified,
  }
})

const toParty = ({ tenantId, objectId, emailId }: WireParty) => ({ tenantId, objectId, email: emailId })

const withoutDates = (read: SubscriptionTerm): SubscriptionTerm => ({ ...read, startDate: undefined, endDate: undefined })
