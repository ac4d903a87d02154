/** What a set-up may well mean but its author should know. Pure. */
import { days, type Instant, isBefore, plus } from '../../kit/time.ts'
import type { CredentialKind } from '../model/credential.ts'
import type { Product } from '../types.ts'
import type { DesiredTenant, Placed } from './desired.ts'
import type { SetupFault } from './faults.ts'
import type { CurrentTenant } from './plan.ts'

const SOON = days(30)

export const warningsOf = (desired: DesiredTenant, current: CurrentTenant | undefined, now: Instant): readonly SetupFault[] => [
  ...missingCredentials(desired, current),
  ...endingCredentials(desired, now),
  ...desired.products.flatMap((product) => productWarnings(product, desired)),
]

/** Offers can be published by hand, so nobody misses an app for it. */
const needs: Readonly<Record<Exclude<CredentialKind, 'partnerCenter'>, string>> = {
  connect: 'orders cannot reach Connect',
  microsoft: "Microsoft's marketplace cannot be called",
  signIn: 'buyers cannot sign in',
}

function missingCredentials(desired: DesiredTenant, current: CurrentTenant | undefined): readonly SetupFault[] {
  const have = new Set<string>([...desired.credentialKinds, ...(current?.credentials ?? []).map(({ facts }) => facts.kind)])
  return Object.entries(needs)
    .filter(([kind]) => !have.has(kind))
    .map(([kind, effect]) => ({ path: [...desired.tenant.path, 'credentials', kind], message: `there is no credential: ${effect}` }))
}

const endingCredentials = (desired: DesiredTenant, now: Instant): readonly SetupFault[] =>
  desired.credentials.flatMap(({ value: { expiresAt }, path }) => {
    if (!expiresAt || isBefore(plus(now, SOON), expiresAt)) return []
    const day = expiresAt.toISOString().slice(0, 10)
    return [{ path, message: isBefore(expiresAt, now) ? `expired on ${day}` : `expires on ${day}` }]
  })

function productWarnings({ value: { id, connections }, path }: Placed<Product>, desired: DesiredTenant): readonly SetupFault[] {
  const { production, test } = connections
  const sold = desired.offers.some(({ value }) => value.productId === id)
  return [
    ...(test ? [] : [{ path: [...path, 'connections', 'test'], message: 'missing: preview and test purchases will wait for an operator' }]),
    ...(production ? [] : [{ path: [...path, 'connections', 'production'], message: 'missing: real purchases will wait for an operator' }]),
    ...(sold ? [] : [{ path: [...path, 'offers'], message: 'empty: nothing of this product can be bought' }]),
  ]
}
