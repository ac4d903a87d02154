/** Every address of the buyer's pages. Pure. */
import type { ProductId, SubscriptionId, TenantId } from '../../kit/ids.ts'

interface Product {
  readonly tenantId: TenantId
  readonly productId: ProductId
}

/** As Fastify's router takes them; all below `PREFIX`. */
export const PREFIX = '/portal'
export const routes = {
  start: '/:tenantId/:productId/start',
  signOut: '/:tenantId/:productId/sign-out',
  signedOut: '/:tenantId/:productId/signed-out',
  subscription: '/:tenantId/:productId/subscriptions/:subscriptionId',
  signIn: '/signin',
  signInAgain: '/signin/again',
  signInOther: '/signin/other',
  asset: '/assets/:name',
} as const

const product = ({ tenantId, productId }: Product): string => `${PREFIX}/${tenantId}/${encodeURIComponent(productId)}`

export const startPath = (of: Product): string => `${product(of)}/start`
export const signOutPath = (of: Product): string => `${product(of)}/sign-out`
export const signedOutPath = (of: Product): string => `${product(of)}/signed-out`
export const subscriptionPath = (of: Product & { readonly subscriptionId: SubscriptionId }): string =>
  `${product(of)}/subscriptions/${of.subscriptionId}`
/** Where an arrival without a token goes. */
export const placeOf = ({
  tenantId,
  productId,
  subscriptionId,
}: Product & { readonly subscriptionId?: SubscriptionId | undefined }): string =>
  subscriptionId === undefined ? startPath({ tenantId, productId }) : subscriptionPath({ tenantId, productId, subscriptionId })
export const switchAccountPath = (of: Product & { readonly subscriptionId: SubscriptionId }): string =>
  `${subscriptionPath(of)}/switch-account`

/** Goes on with a parked arrival: with who is signed in, or by signing in. */
export const againPath = (ticket: string): string => `${PREFIX}${routes.signInAgain}?ticket=${encodeURIComponent(ticket)}`
/** The same with another account. */
export const otherAccountPath = (ticket: string): string => `${PREFIX}${routes.signInOther}?ticket=${encodeURIComponent(ticket)}`
