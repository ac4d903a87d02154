/** A tenant and everything that is configured for it, ready to be shown: no secret in it. */
import type { Db } from '../database/types.ts'
import type { OfferId, PlanId, ProductId, TenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import { type CheckedInstallationSignIn, checkedInstallationSignIn } from './health/installation-sign-in.ts'
import { type CredentialCheck, type CredentialState, credentialState } from './health/rules/state.ts'
import { type CheckedSlot, checkedCredentials } from './health/store.ts'
import { type CredentialKind, credentialKinds, type Slot } from './model/credential.ts'
import { getTenant, listOffers, listPlanMappings, listProducts, listTenants } from './read.ts'
import { listCredentials, type SealedCredential } from './store/credentials.ts'
import type { Offer, PlanItem, PlanMapping, Product, Tenant } from './types.ts'

export interface CredentialOverview {
  readonly kind: CredentialKind
  readonly slot: Slot
  /** The open facts: `serviceUser`, `clientId`, `tenantId`, `certificate` (its thumbprint). */
  readonly facts: Readonly<Record<string, string>>
  readonly expiresAt: Instant | undefined
  readonly updatedAt: Instant
  readonly state: CredentialState
  /** What the last check showed. */
  readonly check: CredentialCheck | undefined
}

export interface ProductOverview extends Omit<Product, 'tenantId' | 'tier1'> {
  /** An existing account's id, or the name of one given by its data; its address and the parameters' values are not shown. */
  readonly tier1: { readonly id: string | undefined; readonly name: string | undefined; readonly parameters: readonly string[] }
  /** What the publisher types into the offer's technical configuration in Partner Center. */
  readonly partnerCenter: { readonly landingPage: string; readonly webhook: string }
  readonly offers: readonly OfferOverview[]
}

export interface OfferOverview {
  readonly id: OfferId
  readonly name: string | undefined
  readonly status: Offer['status']
  readonly plans: readonly {
    readonly id: PlanId
    readonly name: string | undefined
    readonly status: PlanMapping['status']
    readonly items: readonly PlanItem[]
  }[]
}

export interface TenantOverview extends Tenant {
  readonly credentials: readonly CredentialOverview[]
  /** Of a tenant without a sign-in app of its own: how the installation's stands. */
  readonly signInOfInstallation:
    | (Pick<CheckedInstallationSignIn, 'clientId' | 'expiresAt' | 'check'> & { readonly state: CredentialState })
    | null
  readonly credentialsNotSet: readonly CredentialKind[]
  readonly products: readonly ProductOverview[]
}

/** @param publicUrl our origin, without a slash at the end */
export async function tenantOverview(db: Db, tenantId: TenantId, publicUrl: string, now: Instant): Promise<TenantOverview | undefined> {
  const tenant = await getTenant(db, tenantId)
  return tenant && overviewOf(db, tenant, publicUrl, now)
}

export async function tenantOverviews(db: Db, publicUrl: string, now: Instant): Promise<readonly TenantOverview[]> {
  const overviews: TenantOverview[] = []
  for (const tenant of await listTenants(db)) overviews.push(await overviewOf(db, tenant, publicUrl, now))
  return overviews
}

async function overviewOf(db: Db, tenant: Tenant, publicUrl: string, now: Instant): Promise<TenantOverview> {
  const credentials = await listCredentials(db, tenant.id)
  const checked = await checkedCredentials(db, tenant.id)
  const installations = await checkedInstallationSignIn(db, tenant.id)
  const products = await listProducts(db, tenant.id)
  const offers = offerOverviews(await listOffers(db, tenant.id), await listPlanMappings(db, tenant.id))
  return {
    ...tenant,
    credentials: credentials.map((one) => credentialOverview(one, checked, now)),
    signInOfInstallation: installations ? { ...pickOf(installations), state: credentialState(installations, now) } : null,
    credentialsNotSet: credentialKinds.filter(
      (kind) => !credentials.some(({ facts }) => facts.kind === kind) && !(kind === 'signIn' && installations),
    ),
    products: products.map(({ tenantId: _, tier1, ...product }) => ({
      ...product,
      tier1: { id: tier1.id, name: tier1.account?.name, parameters: Object.keys(tier1.parameters) },
      partnerCenter: partnerCenterUrls(publicUrl, tenant.id, product.id),
      offers: offers.filter(({ productId }) => productId === product.id).map(({ overview }) => overview),
    })),
  }
}

const pickOf = ({ clientId, expiresAt, check }: CheckedInstallationSignIn) => ({ clientId, expiresAt, check })

const offerOverviews = (offers: readonly Offer[], plans: readonly PlanMapping[]) =>
  offers.map(({ id, productId, name, status }) => ({
    productId,
    overview: {
      id,
      name,
      status,
      plans: plans
        .filter(({ offerId }) => offerId === id)
        .map(({ planId, ...plan }) => ({ id: planId, name: plan.name, status: plan.status, items: plan.items })),
    },
  }))

function credentialOverview(
  { slot, facts, expiresAt, updatedAt }: SealedCredential,
  checked: readonly CheckedSlot[],
  now: Instant,
): CredentialOverview {
  const { kind, certificate, ...open } = { certificate: undefined, ...facts }
  const shown = { ...open, ...(certificate ? { certificate: certificate.thumbprint } : {}) }
  const check = checked.find((one) => one.kind === kind && one.slot === slot)?.check
  return { kind, slot, facts: shown, expiresAt, updatedAt, state: credentialState({ kind, slot, expiresAt, check }, now), check }
}

/** The two addresses of a product, as they go into Partner Center. */
export const partnerCenterUrls = (publicUrl: string, tenantId: TenantId, productId: ProductId) => {
  const base = `${publicUrl}/portal/${tenantId}/${encodeURIComponent(productId)}`
  return { landingPage: `${base}/start`, webhook: `${base}/notification` }
}
