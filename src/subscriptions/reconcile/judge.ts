/** Compares what was listed with what is known, some hundred things at a time, each exactly once; wakes and inserts, and decides nothing. */
import { wakeAll } from '../../database/work/index.ts'
import type { OfferId, SubscriptionId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { classify, type Judgment } from '../rules/reconcile/classify.ts'
import { forecastOf } from '../rules/reconcile/forecast.ts'
import type { Coverage, Subject } from '../rules/reconcile/subject.ts'
import type { SubscriptionView } from '../rules/view.ts'
import type { SubscriptionSetup } from '../setup.ts'
import type { StoredSubscription } from '../store/store.ts'
import { SUBSCRIPTION_WORK } from '../work-kinds.ts'
import type { ReconcileDeps } from './deps.ts'
import { keepFindings, type NewFinding } from './findings.ts'
import {
  assetsOf,
  claimAssets,
  knownAmong,
  type ListedRow,
  listedOf,
  nextSubscriptions,
  nextUnclaimed,
  type RunKey,
  type StoredAsset,
} from './lists.ts'
import { loadMany } from './records.ts'
import { type Counts, countsOf } from './runs.ts'
import type { SetupOf } from './setups.ts'
import { assetOf, knownSubscription, listedAsset, listedSubscription } from './subjects.ts'

export interface Comparison {
  readonly run: RunKey
  readonly begunAt: Instant
  readonly dryRun: boolean
  readonly setupOf: SetupOf
  readonly microsoftWasRead: boolean
  readonly connectWasRead: (productId: string) => boolean
  /** Of this offer or product, when the run is of one product only. */
  readonly isInScope: (of: { readonly offerId?: OfferId | undefined; readonly productId?: string | undefined }) => boolean
  readonly brakes: SubscriptionView['brakes']
  readonly signal: AbortSignal
}

export interface Judged {
  readonly counts: Counts
  readonly preexisting: number
}

/** So many at a time. */
const CHUNK = 300

const FIRST = '00000000-0000-0000-0000-000000000000'

export async function judgeAll(deps: ReconcileDeps, comparison: Comparison): Promise<Judged> {
  let judged: Judged = { counts: countsOf(() => 0), preexisting: 0 }
  for (let after = FIRST; ; ) {
    comparison.signal.throwIfAborted()
    const ids = await nextSubscriptions(deps.db, comparison.run, after, CHUNK)
    const last = ids.at(-1)
    if (last === undefined) break
    judged = sum(judged, await judgeSubscriptions(deps, comparison, ids))
    after = last
  }
  for (let after = ''; ; ) {
    comparison.signal.throwIfAborted()
    const assets = await nextUnclaimed(deps.db, comparison.run, after, CHUNK)
    const last = assets.at(-1)
    if (!last) break
    judged = sum(judged, await judgeUnclaimed(deps, comparison, assets))
    after = last.id
  }
  return judged
}

const sum = (a: Judged, b: Judged): Judged => ({
  counts: countsOf((standing) => a.counts[standing] + b.counts[standing]),
  preexisting: a.preexisting + b.preexisting,
})

interface Compared {
  readonly id: SubscriptionId
  readonly listed: ListedRow | undefined
  readonly record: StoredSubscription | undefined
  readonly setup: SubscriptionSetup | undefined
  readonly asset: StoredAsset | undefined
  readonly subject: Subject
  readonly judgment: Judgment
}

async function judgeSubscriptions(deps: ReconcileDeps, comparison: Comparison, ids: readonly SubscriptionId[]): Promise<Judged> {
  const { db } = deps
  const [listed, records] = await Promise.all([listedOf(db, comparison.run, ids), loadMany(db, comparison.run.tenantId, ids)])
  const links = [...records.values()].flatMap(({ assetLink }) => (assetLink === undefined ? [] : [assetLink]))
  const assets = await assetsOf(db, comparison.run, ids, links)
  const compared: Compared[] = []
  for (const id of ids) {
    const one = await compare(comparison, { id, listed: listed.get(id), record: records.get(id), assets })
    if (one) compared.push(one)
  }
  await claimAssets(
    db,
    comparison.run,
    compared.flatMap(({ asset }) => (asset ? [asset.id] : [])),
  )
  await keepFindings(
    db,
    comparison.run,
    compared.filter(({ judgment }) => judgment.standing !== 'inStep').map((one) => findingOf(comparison, one)),
    comparison.begunAt,
  )
  if (!comparison.dryRun) await meet(deps, comparison, compared)
  return tally(
    compared.map(({ judgment }) => judgment),
    compared.filter(isPreexisting).length,
  )
}

interface Found {
  readonly id: SubscriptionId
  readonly listed: ListedRow | undefined
  readonly record: StoredSubscription | undefined
  readonly assets: readonly StoredAsset[]
}

/** `undefined` when it is not of the product the run is about. */
async function compare(comparison: Comparison, { id, listed, record, assets }: Found): Promise<Compared | undefined> {
  const offerId = listed?.snapshot.offerId ?? record?.offerId
  if (offerId === undefined || !comparison.isInScope({ offerId, productId: record?.productId })) return undefined
  const found = await comparison.setupOf(offerId)
  const setup = found === 'outOfReach' ? undefined : found
  const asset = assetOf(record, id, assets)
  const subject: Subject = {
    subscriptionId: id,
    microsoft: listed && listedSubscription(listed),
    asset: asset && listedAsset(asset, comparison.begunAt, false),
    record: record && knownSubscription(record, comparison.begunAt),
    setup,
  }
  const judgment: Judgment =
    found === 'outOfReach' ? { standing: 'notRead', differences: [] } : classify(subject, coverageOf(comparison, setup))
  return { ...{ id, listed, record, setup, asset, subject }, judgment }
}

const coverageOf = ({ microsoftWasRead, connectWasRead }: Comparison, setup: SubscriptionSetup | undefined): Coverage => ({
  microsoft: microsoftWasRead,
  connect: setup !== undefined && connectWasRead(setup.productId),
})

const findingOf = ({ brakes, begunAt }: Comparison, { id, listed, record, setup, asset, subject, judgment }: Compared): NewFinding => ({
  ...judgment,
  subscriptionId: id,
  assetId: asset?.id,
  productId: setup?.productId ?? record?.productId,
  offerId: listed?.snapshot.offerId ?? record?.offerId,
  environment: listed?.environment ?? record?.environment ?? asset?.environment,
  forecast: judgment.standing === 'notRead' ? { will: 'look' } : forecastOf(subject, brakes, begunAt),
})

/** Ours, never ordered on our pages, and with something at the vendor or at Microsoft that could be changed. */
function isPreexisting({ setup, record, listed, asset }: Compared): boolean {
  if (!setup || record?.confirmed || !listed) return false
  const { status } = listed.snapshot
  if (status === 'Subscribed' || status === 'Suspended') return true
  return status === 'Unsubscribed' && asset !== undefined && asset.status !== 'terminated'
}

/** What is new is inserted, what does not agree is woken. Each is then observed before anything is done. */
async function meet({ db, store }: ReconcileDeps, { run, begunAt }: Comparison, compared: readonly Compared[]): Promise<void> {
  const { tenantId } = run
  for (const { id, listed, record, setup, judgment } of compared) {
    if (record || !listed || judgment.standing === 'notRead') continue
    const { status, offerId, planId } = listed.snapshot
    await store.insertIfAbsent(
      {
        tenantId,
        subscriptionId: id,
        productId: setup?.productId,
        environment: listed.environment,
        microsoft: listed.snapshot,
        observedAt: begunAt,
      },
      [{ actor: 'bridge', event: 'purchase.discovered', facts: { status, offer: offerId, plan: planId } }],
      begunAt,
    )
  }
  const woken = compared.filter(({ record, judgment }) => record && isToBeLookedAt(judgment))
  await wakeAll(
    db,
    woken.map(({ id }) => ({ tenantId, kind: SUBSCRIPTION_WORK, key: id })),
    begunAt,
  )
}

const isToBeLookedAt = ({ standing, differences }: Judgment): boolean =>
  standing === 'differs' || standing === 'onlyAtMicrosoft' || standing === 'onlyOurs' || (standing === 'waiting' && differences.length > 0)

async function judgeUnclaimed({ db }: ReconcileDeps, comparison: Comparison, assets: readonly StoredAsset[]): Promise<Judged> {
  const known = await knownAmong(
    db,
    comparison.run,
    assets.map(({ externalUid }) => externalUid),
  )
  const judged = assets.map((asset) => {
    const subject: Subject = {
      subscriptionId: undefined,
      microsoft: undefined,
      asset: listedAsset(asset, comparison.begunAt, known.has(asset.externalUid)),
      record: undefined,
      setup: undefined,
    }
    return { asset, judgment: classify(subject, { microsoft: comparison.microsoftWasRead, connect: true }) }
  })
  const findings = judged
    .filter(({ judgment }) => judgment.standing !== 'inStep')
    .map(
      ({ asset, judgment }): NewFinding => ({
        ...judgment,
        differences: differencesOfUnclaimed(asset, known),
        subscriptionId: undefined,
        assetId: asset.id,
        productId: asset.productId,
        offerId: undefined,
        environment: asset.environment,
        forecast: { will: 'nothing' },
      }),
    )
  await keepFindings(db, comparison.run, findings, comparison.begunAt)
  return tally(
    judged.map(({ judgment }) => judgment),
    0,
  )
}

const differencesOfUnclaimed = (asset: StoredAsset, known: ReadonlySet<string>): NewFinding['differences'] => [
  {
    field: 'status',
    connect: asset.status,
    microsoft: known.has(asset.externalUid) ? 'another asset of the same subscription counts' : 'no such subscription',
  },
]

const tally = (judgments: readonly Judgment[], preexisting: number): Judged => ({
  counts: countsOf((standing) => judgments.filter((judgment) => judgment.standing === standing).length),
  preexisting,
})
