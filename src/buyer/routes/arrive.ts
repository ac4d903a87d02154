/** From a purchase token and a signed-in visitor to the subscription. */
import { holdSubscription, type Session } from '../../identity/index.ts'
import type { ErrorCode } from '../../kit/errors/index.ts'
import type { ProductId, SubscriptionId } from '../../kit/ids.ts'
import type { BuyerPorts, Landing, LandingRequest } from '../ports.ts'
import { refusalToRead } from './access.ts'
import type { BuyerDeps } from './deps.ts'

export type Arrived =
  | { readonly kind: 'welcome'; readonly productId: ProductId; readonly subscriptionId: SubscriptionId }
  /** Another account may help. */
  | { readonly kind: 'wrongAccount'; readonly code: ErrorCode }
  | { readonly kind: 'refused'; readonly code: ErrorCode }

interface Arriving {
  readonly session: Session
  readonly productId: ProductId
  readonly purchaseToken: string
}

/** Resolves the token; who may see the subscription holds it from now on. */
export async function arrive({ ports, identity }: BuyerDeps, { session, productId, purchaseToken }: Arriving): Promise<Arrived> {
  const visitor = session.person
  const landing = await land(ports, { tenantId: session.tenantId, productId, purchaseToken, visitor })
  if (landing.outcome !== 'landed') return { kind: 'refused', code: refusals[landing.outcome] }
  const { record } = landing
  if (!ports.mayRead(record, visitor)) return { kind: 'wrongAccount', code: refusalToRead(record, visitor) }
  await holdSubscription(identity, session, record.subscriptionId)
  return { kind: 'welcome', productId: record.productId ?? productId, subscriptionId: record.subscriptionId }
}

/** An offer whose landing page address names another product of the publisher still leads to what was bought. */
async function land(ports: BuyerPorts, request: LandingRequest): Promise<Landing> {
  const landing = await ports.landPurchase(request)
  return landing.outcome === 'otherProduct' ? ports.landPurchase({ ...request, productId: landing.productId }) : landing
}

const refusals: Readonly<Record<Exclude<Landing['outcome'], 'landed'>, ErrorCode>> = {
  tokenRefused: 'ERR_PURCHASE_TOKEN_REFUSED',
  foreignToken: 'ERR_PURCHASE_TOKEN_FOREIGN',
  notManaged: 'ERR_OFFER_NOT_MANAGED',
  otherProduct: 'ERR_OFFER_NOT_MANAGED',
}
