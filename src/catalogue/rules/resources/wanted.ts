/** What a publisher wants of an offer, made ready for the rules: files have addresses, secrets are in their places. */
import type { OfferId, PlanId } from '../../../kit/ids.ts'
import type { Json } from '../../../kit/json.ts'
import type { OfferContent } from '../../../tenants/model/offer-content.ts'
import type { PlanContent } from '../../../tenants/model/plan-content.ts'
import type { Claim } from './claim.ts'

export interface WantedOffer {
  readonly offerId: OfferId
  /** Of the offer in Partner Center where its content has no alias. */
  readonly name: string
  /** With the lead destination's secret in its place. */
  readonly content: OfferContent
  /** The technical configuration. Undefined: nobody knows the app yet, so it stays as it is. */
  readonly technical: TechnicalConfiguration | undefined
  readonly files: WantedFiles
  readonly plans: readonly WantedPlan[]
  /** The lead destination's secret was changed since it was written: its mask says nothing. */
  readonly newLeadSecret: boolean
}

export interface TechnicalConfiguration {
  readonly landingPage: string
  readonly webhook: string
  /** Directory and app of the publisher's API app. */
  readonly directoryId: string
  readonly clientId: string
}

export interface WantedPlan {
  readonly planId: PlanId
  readonly name: string
  readonly content: PlanContent
}

export interface WantedFile {
  /** Names the content: another content has another name. */
  readonly fileName: string
  /** Where Microsoft fetches it. */
  readonly url: string
}

export interface WantedFiles {
  readonly logo: WantedFile | undefined
  readonly screenshots: readonly (WantedFile & { readonly caption: string; readonly languages: readonly string[] | undefined })[]
  readonly documents: readonly (WantedFile & { readonly name: string; readonly languages: readonly string[] | undefined })[]
}

/** A resource as it shall be. */
export interface DesiredResource {
  readonly type: string
  /** As `OfferTree` keys it. */
  readonly key: string
  /** The resources it points to. */
  readonly refs: readonly Reference[]
  /** What a new one is made with; not touched afterwards. */
  readonly birth: Readonly<Record<string, Json>>
  readonly claims: readonly Claim[]
  /** Which part of the offer it is, for people: the language of a listing, the number of a screenshot. */
  readonly about: string
  readonly planId: PlanId | undefined
}

/** `member` holds the reference. Where it is only set when missing, an existing one stays. */
export interface Reference {
  readonly member: 'product' | 'plan' | 'listing' | 'meterDefine'
  readonly type: string
  readonly key: string
}
