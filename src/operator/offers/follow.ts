/** Following offers on their way: the running bridge does the work, here it is only read and told. */
import { type HistoryEntry, type Publication, type PublicationKey, readHistory, readPublication } from '../../catalogue/index.ts'
import type { Db } from '../../database/index.ts'
import { between, type Clock, type Milliseconds, seconds } from '../../kit/time.ts'

export type FollowEnd =
  /** As far as it was wanted. */
  | { readonly kind: 'there'; readonly target: Publication['target'] }
  /** A person has to see to it. */
  | { readonly kind: 'blocked'; readonly why: string; readonly sentences: readonly string[] }
  /** The time to follow it is over; its way goes on. */
  | { readonly kind: 'underWay' }
  /** Whoever followed wants to follow no more; its way goes on. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'notWanted' }

export interface Followed extends PublicationKey {
  readonly end: FollowEnd
}

export interface FollowDeps {
  readonly db: Db
  readonly clock: Clock
  /** @returns false when whoever waits has had enough */
  readonly pause: (length: Milliseconds) => Promise<boolean>
}

/** An offer, and the last entry of its history that is not news. */
export interface FromMark extends PublicationKey {
  readonly after: bigint
}

/** To be asked before something is asked for: what happens from then on is news. */
export const marksOf = (db: Db, keys: readonly PublicationKey[]): Promise<readonly FromMark[]> =>
  Promise.all(
    keys.map(async ({ tenantId, offerId }) => {
      const [last] = await readHistory(db, { tenantId, offerId }, { newest: 1 })
      return { tenantId, offerId, after: last?.id ?? 0n }
    }),
  )

export interface Following {
  readonly offers: readonly FromMark[]
  readonly atMost: Milliseconds | undefined
  readonly tell: (key: PublicationKey, entry: HistoryEntry) => void
  /** Nobody has looked at any of them for a while: told once. */
  readonly nobodyLooks: () => void
}

const PACE = seconds(1)
/** Pauses without a look by anybody: a running bridge looks within one. */
const NOBODY_LOOKS = 30

/** Until each is where it is wanted, or a person has to see to it. */
export async function followOffers({ db, clock, pause }: FollowDeps, following: Following): Promise<readonly Followed[]> {
  const { offers, atMost } = following
  const begun = clock.now()
  let followed = offers.map(({ after, ...key }): State => ({ key, told: after, end: undefined }))
  for (let pauses = 0; ; pauses++) {
    followed = await Promise.all(followed.map((one) => (one.end ? one : look(db, one, following))))
    const open = followed.filter(({ end }) => end === undefined)
    if (open.length === 0) break
    const lasted = between(begun, clock.now())
    if (pauses === NOBODY_LOOKS && open.every(({ isUnseen }) => isUnseen)) following.nobodyLooks()
    const stopped = atMost !== undefined && lasted >= atMost ? 'underWay' : (await pause(PACE)) ? undefined : 'stopped'
    if (stopped) followed = followed.map((one) => ({ ...one, end: one.end ?? { kind: stopped } }))
  }
  return followed.map(({ key, end }) => ({ ...key, end: end ?? { kind: 'underWay' } }))
}

interface State {
  readonly key: PublicationKey
  /** The id of the last entry that was told. */
  readonly told: bigint
  readonly end: FollowEnd | undefined
  /** No look since it was wanted, or changed. */
  readonly isUnseen?: boolean
}

/** The standing first: what belongs to it is in the history by then. */
async function look(db: Db, { key, told }: State, { tell }: Following): Promise<State> {
  const publication = await readPublication(db, key)
  const entries = await readHistory(db, key, { after: told })
  for (const entry of entries) tell(key, entry)
  return {
    ...{ key, told: entries.at(-1)?.id ?? told, end: endOf(publication) },
    isUnseen: publication?.standing?.revision !== publication?.revision,
  }
}

/** What was decided before it was wanted, or changed, says nothing. */
function endOf(publication: Publication | undefined): FollowEnd | undefined {
  if (!publication) return { kind: 'notWanted' }
  const { standing, revision, target } = publication
  if (standing?.revision !== revision) return undefined
  const { kind, why = '' } = standing.next
  switch (kind) {
    case 'settled':
      return { kind: 'there', target }
    case 'attention':
    case 'confirm':
    case 'refused':
      return { kind: 'blocked', why: kind === 'confirm' ? 'confirm' : why, sentences: standing.sentences }
    case 'wait':
    case 'step':
      return undefined
  }
}
