/** What the publisher says before anything is proposed. */
import type { MediaSource } from '../../tenants/model/media.ts'
import type { OfferProposal } from './offer.ts'

export interface OfferSettings {
  /** The language of the first page. */
  readonly language: string
  readonly countries?: readonly string[] | undefined
  readonly previewAudience: readonly string[]
  readonly privacyUrl?: string | undefined
  /** For offers that have none yet. */
  readonly logo?: MediaSource | undefined
  readonly support?: { readonly name: string; readonly email?: string | undefined; readonly url?: string | undefined } | undefined
  /** Monthly and yearly items of the same thing become terms of one plan instead of plans of their own. */
  readonly mergePeriods: boolean
  /** Offers of this product that stand already: their ids and plans stay. */
  readonly known: readonly OfferProposal[]
  /** Offer ids of the account that other products have. */
  readonly takenOfferIds: readonly string[]
}

export const defaultSettings: OfferSettings = { language: 'en-us', previewAudience: [], mergePeriods: false, known: [], takenOfferIds: [] }
