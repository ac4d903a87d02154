/** Purchases, and what changed on either side, in words. */
import type { Facts } from './facts.ts'

const bought = (facts: Facts): string =>
  `${facts.get('offer') ?? 'an offer'}, plan ${facts.get('plan') ?? 'unknown'}${facts.with('status', (status) => ` (${status})`)}`

const seats = (facts: Facts): string =>
  facts.with('seats', (count) => (/^\d+$/.test(count) ? `, ${count} ${count === '1' ? 'seat' : 'seats'}` : `, ${count}`))

function connect(facts: Facts): string {
  const request = facts.with('request', (id) => `${facts.get('type') ?? 'a'} request ${id} is ${facts.get('status') ?? 'there'}`)
  const reason = facts.with('reason', (text) => `: ${text}`)
  const asset = facts.with('asset', (id) => `asset ${id} is ${facts.get('assetStatus') ?? 'there'}`)
  const tier = facts.with(
    'tierRequest',
    (id) => `, which waits for the set-up of the reseller: ${id} is ${facts.get('tierStatus') ?? 'there'}`,
  )
  return `In Connect ${[`${request}${tier}${reason}`, asset].filter((part) => part !== '').join('; ') || 'something changed'}`
}

const day = (text: string): string => text.slice(0, 10)

export const stateTellers = {
  'purchase.discovered': (facts: Facts) => `The purchase was found in Microsoft’s list: ${bought(facts)}`,
  'purchase.landed': (facts: Facts) => `The buyer arrived on the landing page: ${bought(facts)}`,
  'order.confirmed': (facts: Facts) => `The buyer confirmed the order: plan ${facts.get('plan') ?? 'unknown'}${seats(facts)}`,
  'microsoft.changed': (facts: Facts) => `At Microsoft “${facts.get('from') ?? ''}” became “${facts.get('to') ?? ''}”`,
  'microsoft.unreadable': (facts: Facts) =>
    facts.get('reason') === 'forbidden'
      ? 'Microsoft did not let us read the subscription'
      : 'Microsoft said that it does not know the subscription',
  'microsoft.renewed': (facts: Facts) => `A new term began: it ends on ${facts.with('to', day)} instead of ${facts.with('from', day)}`,
  'connect.changed': connect,
  'asset.matched': (facts: Facts) =>
    `${facts.get('by') ?? 'An operator'} matched it with${facts.with('asset', (id) => ` the asset ${id}`) || ' an asset'}`,
  'asset.unmatched': (facts: Facts) =>
    `${facts.get('by') ?? 'An operator'} took back the match with${facts.with('asset', (id) => ` the asset ${id}`) || ' the asset'}`,
} as const
