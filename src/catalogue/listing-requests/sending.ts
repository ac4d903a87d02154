/** The offers a listing request takes along at Microsoft: how they stand, and sending them on their way. */
import type { Db, Tx } from '../../database/index.ts'
import { offerId, type TenantId } from '../../kit/ids.ts'
import { type Instant, isBefore } from '../../kit/time.ts'
import type { Publication, PublicationKey } from '../publication/record.ts'
import { readPublication } from '../publication/store.ts'
import { ensureWanted } from '../publication/want.ts'
import { contentMarkOf, keptContent } from '../publication/wanted.ts'
import type { OfferOnItsWay, Sent } from '../rules/listing/sending.ts'
import type { OfferProposal } from '../rules/offer.ts'
import type { StoredListingRequest } from './stored.ts'

export interface KeptOnItsWay extends OfferOnItsWay {
  readonly key: PublicationKey
  /** What holds it up, in sentences. */
  readonly reasons: readonly string[]
}

/** Those whose content is kept here: an offer that was only mapped is published by hand. */
export async function onTheirWay(db: Db, tenantId: TenantId, offers: readonly OfferProposal[]): Promise<readonly KeptOnItsWay[]> {
  const found: KeptOnItsWay[] = []
  for (const { id } of offers) {
    const key = { tenantId, offerId: offerId.parse(id) }
    const content = await keptContent(db, key)
    if (content) found.push(standingOf(key, contentMarkOf(content), await readPublication(db, key)))
  }
  return found
}

function standingOf(key: PublicationKey, content: string, publication: Publication | undefined): KeptOnItsWay {
  const { standing, target, confirmed, wantedAt } = publication ?? {}
  const isOfNow = standing !== undefined && standing.content === content && !(wantedAt && isBefore(standing.seenAt, wantedAt))
  return {
    ...{ key, target, confirmed: confirmed?.content === content },
    standing: isOfNow ? standing.next : undefined,
    reasons: isOfNow && standing.next.kind !== 'settled' ? standing.sentences.map((one) => `${key.offerId}: ${one}`) : [],
  }
}

export interface ToSend extends Pick<Sent, 'to' | 'confirmsLive'> {
  readonly key: PublicationKey
}

/** Asked for by the request, and by whoever accepted it. */
export async function sendOffers(tx: Tx, { id, accepted }: StoredListingRequest, offers: readonly ToSend[], at: Instant): Promise<void> {
  const name = accepted ? `${accepted.by}, for listing request ${id}` : `listing request ${id}`
  for (const { key, to, confirmsLive } of offers) await ensureWanted(tx, key, to, { name, at, confirmsLive })
}
