/** What a set-up file wants offers and plans to be at Microsoft; files in it become kept files, the lead secret stands apart. */
import type { OfferId, PlanId } from '../../kit/ids.ts'
import { leadSecretOf } from '../model/lead-destination.ts'
import { type KeptFile, keptSource, type Media, type MediaSource, readMedia } from '../model/media.ts'
import { type OfferContent, openContent } from '../model/offer-content.ts'
import type { PlanContent } from '../model/plan-content.ts'

export interface DesiredOfferContent {
  readonly offerId: OfferId
  /** Its files are kept ones, its lead secret is left out. */
  readonly content: OfferContent
  /** `undefined`: none, or the stored one stays. */
  readonly leadSecret: string | undefined
  /** To keep beside it. */
  readonly files: readonly KeptFile[]
}

export interface DesiredPlanContent {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly content: PlanContent
}

export function offerContentToKeep(offerId: OfferId, content: OfferContent): DesiredOfferContent {
  const files: KeptFile[] = []
  const keep = (source: MediaSource): MediaSource => {
    const read = readMedia(source)
    if (read.kind !== 'data') return source
    files.push(read.file)
    return keptSource(read.file)
  }
  const kept = content.media === undefined ? content : { ...content, media: mediaWith(content.media, keep) }
  return { offerId, content: openContent(kept), leadSecret: leadSecretOf(content.leads), files }
}

const mediaWith = ({ logo, screenshots, documents }: Media, keep: (source: MediaSource) => MediaSource): Media => ({
  ...(logo === undefined ? {} : { logo: keep(logo) }),
  screenshots: screenshots.map((shot) => ({ ...shot, source: keep(shot.source) })),
  documents: documents.map((document) => ({ ...document, source: keep(document.source) })),
})
