/** Saying how far an offer shall get. The work itself is the reconciler's, in whichever process runs. */
import type { Db, Tx } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import { wake, wakeAll } from '../../database/work/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { addHistory } from '../history/store.ts'
import type { Goal } from '../rules/publishing/view.ts'
import type { PublicationKey } from './record.ts'
import { outdateStandings, readPublication, saveWanted } from './store.ts'
import { contentMarkOf, keptContent } from './wanted.ts'
import { OFFER_WORK } from './work-kind.ts'

export interface WantedBy {
  /** A person's name, that of an API key, or what of the bridge itself asked. */
  readonly name: string
  readonly at: Instant
  /** They agreed that buyers see the content as it is kept now, which cannot be undone. */
  readonly confirmsLive?: boolean
  /** They saw these edits of colleagues and agreed to publish them: `editsMark`. */
  readonly acceptsEdits?: string | undefined
  readonly note?: string | undefined
}

/**
 * In one transaction: the target, and a wake. Asking again for the same tries again what was refused.
 *
 * @throws AppError `ERR_OFFER_NOT_FOUND`; `ERR_OFFER_NOT_OURS` for an offer that was only mapped: its content is Partner Center's.
 */
export const wantOffer = (db: Db | Tx, key: PublicationKey, target: Goal, by: WantedBy): Promise<void> =>
  inTransaction(db, async (tx) => {
    const found = await keptContent(tx, key)
    if (!found) await noContent(tx, key)
    else {
      const confirmed = by.confirmsLive ? { content: contentMarkOf(found), by: by.name, at: by.at } : undefined
      const { name: wantedBy, at: wantedAt, acceptsEdits: acceptedEdits } = by
      await saveWanted(tx, key, { target, wantedBy, wantedAt, confirmed, acceptedEdits })
      const agreedTo = [...(by.confirmsLive ? (['live'] as const) : []), ...(acceptedEdits === undefined ? [] : (['edits'] as const))]
      await addHistory(tx, key, { by: wantedBy, at: wantedAt, note: by.note }, { what: 'wanted', target, agreedTo })
      await wake(tx, workOf(key), by.at)
    }
  })

async function noContent(tx: Tx, { tenantId, offerId }: PublicationKey): Promise<never> {
  const there = await tx.selectFrom('offers').select('id').where('tenant_id', '=', tenantId).where('id', '=', offerId).executeTakeFirst()
  throw new AppError(there ? 'ERR_OFFER_NOT_OURS' : 'ERR_OFFER_NOT_FOUND', { facts: { tenantId, offerId } })
}

/** As `wantOffer`, where it is not wanted so far already. @returns whether anything was changed */
export const ensureWanted = (db: Db | Tx, key: PublicationKey, target: Goal, by: WantedBy): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const publication = await readPublication(tx, key)
    const found = await keptContent(tx, key)
    const confirmed = !by.confirmsLive || (found !== undefined && publication?.confirmed?.content === contentMarkOf(found))
    if (publication?.target === target && confirmed) return false
    await wantOffer(tx, key, target, by)
    return true
  })

/** Every offer that is on its way anywhere is looked at: after its content or a credential has changed, and when the bridge starts. */
export async function wakeOffers(db: Db | Tx, now: Instant, of: { readonly tenantId?: TenantId } = {}): Promise<void> {
  await wakeAll(db, (await outdateStandings(db, of)).map(workOf), now)
}

export const workOf = ({ tenantId, offerId }: PublicationKey) => ({ tenantId, kind: OFFER_WORK, key: offerId })
