/** Buying: what the buyer chooses becomes a subscription that waits for the publisher. */
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Person, people } from '../seed.ts'
import { addressOf } from './address.ts'
import type { Context } from './context.ts'
import { planLapse } from './lifecycle.ts'
import { planRenewal } from './renewal.ts'
import { findPlan, whyNotBuy, whyNotSeats } from './rules.ts'
import { addToken } from './state.ts'
import { termFrom } from './term.ts'
import { type AadIdentifier, type Offer, type Plan, type Subscription, TERM_UNITS } from './types.ts'

export const order = z.strictObject({
  offerId: z.string(),
  planId: z.string(),
  /** Seats; needed on per-user offers, refused on flat-rate ones. */
  quantity: z.number().int().positive().optional(),
  /** Who buys: a key of the seed's people. */
  buyer: z.string().default('mara'),
  /** Who will use it, when that is somebody else. */
  beneficiary: z.string().optional(),
  name: z.string().max(100).optional(),
  termUnit: z.enum(TERM_UNITS).default('P1M'),
  autoRenew: z.boolean().default(true),
  /** From the preview of the offer. */
  preview: z.boolean().default(false),
  isTest: z.boolean().default(false),
  isFreeTrial: z.boolean().default(false),
  /** Through a partner: the customer may only read it here. */
  csp: z.boolean().default(false),
  sandboxType: z.enum(['None', 'Csp']).default('None'),
  sessionMode: z.enum(['None', 'DryRun']).default('None'),
  /** Sold and activated long ago, by something else than the bridge: nobody has to come, and Microsoft bills it. */
  active: z.boolean().default(false),
  /** Buyers whose address Microsoft does not pass on. */
  withoutEmail: z.boolean().default(false),
})
export type Order = z.input<typeof order>

export interface Purchase {
  readonly subscriptionId: string
  /** What the landing page gets, not URL-encoded. */
  readonly token: string
  readonly landingUrl: string
}

/** The partner that sells to its customers. */
const partner: Person = {
  key: 'partner',
  name: 'Tailwind Reseller',
  givenName: 'Tailwind',
  familyName: 'Reseller',
  email: 'orders@tailwind.example',
  tenantId: 'b4c6e8f0-2a4c-4e6f-8a1c-3d5f7b9e1c20',
  objectId: '33c2f3d4-0001-4c8d-9e5f-70819ab30001',
  organisation: 'Tailwind Traders',
}

/**
 * @throws RangeError for an offer, plan, person or number of seats the shop would not let a buyer choose.
 * @throws ZodError for an order that cannot be read.
 */
export function purchase(context: Context, wanted: Order): Purchase {
  const read = order.parse(wanted)
  const { offers, previews } = context.state
  const offer = known(
    (read.preview ? previews : offers).get(read.offerId),
    `${read.preview ? 'preview of offer' : 'offer'} ${read.offerId}`,
  )
  const plan = known(findPlan({ offer }, read.planId), `plan ${read.planId} of ${read.offerId}`)
  const subscription = subscriptionOf(read, offer, seatsOf(offer, plan, read.quantity), context)
  const reason = whyNotBuy(subscription, plan)
  if (reason !== undefined) throw new RangeError(reason)
  context.state.subscriptions.set(subscription.id, subscription)
  if (read.active) planRenewal(context, subscription)
  else planLapse(context, subscription)
  return { subscriptionId: subscription.id, ...arrival(context, subscription) }
}

/** A fresh token and the link with it, as "Configure account" and "Manage account" make them. */
export function arrival(context: Context, { id, offer }: Subscription): { readonly token: string; readonly landingUrl: string } {
  const token = addToken(context.state, context.clock, id)
  return { token, landingUrl: withToken(addressOf(offer.landing, context.bridgeUrl()), token) }
}

/** Microsoft adds the token to whatever the landing page's address has already. */
const withToken = (address: string, token: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`

function subscriptionOf(read: z.output<typeof order>, offer: Offer, quantity: number | undefined, { clock }: Context): Subscription {
  const buyer = known(
    people.find(({ key }) => key === read.buyer),
    `person ${read.buyer}`,
  )
  const user =
    read.beneficiary === undefined
      ? buyer
      : known(
          people.find(({ key }) => key === read.beneficiary),
          `person ${read.beneficiary}`,
        )
  const { planId, preview, termUnit, autoRenew, isTest, isFreeTrial, sessionMode, sandboxType, csp, withoutEmail } = read
  return {
    ...{ planId, preview, termUnit, autoRenew, isTest, isFreeTrial, sessionMode, sandboxType },
    id: randomUUID(),
    name: read.name ?? `${offer.name} for ${user.organisation}`,
    offer,
    formerPlans: [],
    quantity,
    status: read.active ? 'Subscribed' : 'PendingFulfillmentStart',
    beneficiary: identify(user, withoutEmail),
    purchaser: identify(csp ? partner : buyer, withoutEmail),
    term: read.active ? termFrom(clock.now(), termUnit) : undefined,
    allowedCustomerOperations: csp ? ['Read'] : ['Delete', 'Update', 'Read'],
    created: clock.now(),
    lastModified: clock.now(),
    activating: false,
  }
}

function seatsOf(offer: Offer, plan: Plan, quantity: number | undefined): number | undefined {
  if (offer.model === 'flatRate') {
    if (quantity !== undefined) throw new RangeError(`${offer.offerId} is not sold per seat`)
    return undefined
  }
  const seats = quantity ?? plan.minSeats ?? 1
  const refusal = whyNotSeats(plan, seats)
  if (refusal) throw new RangeError(refusal.message)
  return seats
}

const identify = (person: Person, withoutEmail: boolean): AadIdentifier => ({
  emailId: withoutEmail ? '' : person.email,
  objectId: person.objectId,
  tenantId: person.tenantId,
  puid: createHash('sha256').update(person.objectId).digest('hex').slice(0, 16).toUpperCase(),
})

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`there is no ${what}`)
  return value
}
