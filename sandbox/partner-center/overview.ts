/** An offer at a glance: its states, and what runs. Pure. */
import { differences } from './publishing/trees.ts'
import { missingToPublish } from './rules/index.ts'
import { offerIdOf, runningSubmission } from './state.ts'
import type { Product, Submission } from './types.ts'
import { allOf, oneOf, planView, productView } from './views.ts'

export interface Overview {
  readonly offerId: string
  readonly productId: string
  readonly name: string
  readonly plans: readonly string[]
  readonly status: 'draft' | 'publishing' | 'attention' | 'preview' | 'live'
  /** Ids of draft resources that differ from what is live. */
  readonly unpublished: readonly string[]
  /** What the draft lacks to be published. */
  readonly missing: readonly string[]
  readonly running: Submission | undefined
  readonly isInPreview: boolean
  readonly isLive: boolean
  readonly locked: boolean
}

export function overviewOf(product: Product): Overview {
  const { guid, draft, live, preview, locked } = product
  return {
    offerId: offerIdOf(product),
    productId: `product/${guid}`,
    name: oneOf(draft, 'product', productView)?.alias ?? '',
    plans: allOf(draft, 'plan', planView).map(({ value }) => value.identity.externalId),
    status: statusOf(product),
    unpublished: differences(draft, live ?? new Map()),
    missing: missingToPublish(draft, guid).map(({ message }) => message),
    running: runningSubmission(product),
    ...{ isInPreview: preview !== undefined, isLive: live !== undefined, locked },
  }
}

/** In Partner Center's order: what runs, what failed, then how far it got. */
function statusOf(product: Product): Overview['status'] {
  if (runningSubmission(product)) return 'publishing'
  const last = product.submissions.at(-1)
  if (last?.result === 'failed') return 'attention'
  if (product.preview && product.preview !== product.live) return 'preview'
  return product.live ? 'live' : 'draft'
}
