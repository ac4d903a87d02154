/** How each thing looks when it is compared and told: what may be shown, what is only compared. */
import type { Credential } from '../model/credential.ts'
import type { Offer, PlanMapping, Product, Tenant } from '../types.ts'
import { canonical, flatten, type View } from './changes.ts'

export const tenantView = ({ name, status, connectApiUrl }: Tenant): View => ({
  shown: flatten({ name, status, connectApiUrl }),
  hidden: {},
})

/** The secret itself, and the certificate's text, are compared but never shown; a secret under an old master key counts as changed. */
export function credentialView({ facts, secret, expiresAt, stale }: Omit<Credential, 'secret'> & Sealed): View {
  const { certificate, ...open } = { certificate: undefined, ...facts, kind: undefined }
  const shown = flatten({ ...open, certificate: certificate?.thumbprint, expiresAt: expiresAt?.toISOString() })
  return { shown, hidden: flatten({ secret, certificateText: certificate?.pem, masterKey: stale ? 'older' : undefined }) }
}

interface Sealed {
  readonly secret: string | undefined
  readonly stale?: boolean
}

/** The reseller's address is personal data, and its parameters may be anything: compared, not shown. */
export function productView({ name, status, marketplaceId, connections, tier1, policies, pages }: Product): View {
  const { id, account, parameters } = tier1
  return {
    shown: flatten({
      name,
      status,
      marketplace: marketplaceId,
      connections,
      tier1: { id, account: { name: account?.name } },
      policies,
      pages,
    }),
    hidden: { 'tier1.account': canonical(account), 'tier1.parameters': canonical(parameters) },
  }
}

export const offerView = ({ productId, name, status }: Offer): View => ({
  shown: flatten({ product: productId, name, status }),
  hidden: {},
})

/** The order of the items means nothing. */
export const planView = ({ name, items, status }: PlanMapping): View => ({
  shown: flatten({
    name,
    items: items
      .map(({ itemId, kind, dimension }) => `${itemId} (${[kind, dimension].filter(Boolean).join(', ')})`)
      .sort()
      .join(', '),
    status,
  }),
  hidden: {},
})
