/** Every code of an attention item: one file a subject in `catalogue/`. Codes are stable once released. */
import { askedAttention } from './catalogue/asked.ts'
import { changeAttention } from './catalogue/change.ts'
import { connectAttention } from './catalogue/connect.ts'
import { credentialAttention } from './catalogue/credential.ts'
import type { AttentionEntry } from './catalogue/entry.ts'
import { listingAttention } from './catalogue/listing.ts'
import { microsoftAttention } from './catalogue/microsoft.ts'
import { offerAttention } from './catalogue/offer.ts'
import { purchaseAttention } from './catalogue/purchase.ts'
import { tenantAttention } from './catalogue/tenant.ts'
import { usageAttention } from './catalogue/usage.ts'

/** What the decision about a subscription asks for; nobody else raises or clears these. */
const lifecycle = { ...purchaseAttention, ...changeAttention, ...microsoftAttention, ...connectAttention }

const catalogue = {
  ...lifecycle,
  ...askedAttention,
  ...tenantAttention,
  ...credentialAttention,
  ...usageAttention,
  ...listingAttention,
  ...offerAttention,
}

export type AttentionCode = keyof typeof catalogue
export type LifecycleCode = keyof typeof lifecycle

export const attentionCatalogue: Readonly<Record<AttentionCode, AttentionEntry>> = catalogue

export const isAttentionCode = (code: string): code is AttentionCode => Object.hasOwn(catalogue, code)

export const lifecycleCodes: readonly LifecycleCode[] = Object.keys(lifecycle).filter((code): code is LifecycleCode =>
  Object.hasOwn(lifecycle, code),
)
