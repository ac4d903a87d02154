/** The daily comparison: what Microsoft says it has of the last days beside what the ledger says it has accepted. */
import { sql } from 'kysely'
import { type AttentionNote, settleAttention } from '../../attention/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, printQuantity, quantityOf, sumQuantities } from '../../kit/quantity.ts'
import { days, hours, type Instant, plus } from '../../kit/time.ts'
import type { UsageTotal } from '../../microsoft/index.ts'
import type { UsageDeps } from '../deps.ts'
import { pruneOutside } from '../out/results.ts'
import { compareDay, isDifference, type ReadBackStanding } from '../rules/read-back.ts'
import { READ_BACK_WORK } from '../work-kinds.ts'

/** Yesterday and the days before it: what Microsoft finishes later is seen then. */
const DAYS_COMPARED = 5
/** Comparisons are kept for so long; differences ask for attention for a month. */
const [KEPT, TOLD] = [days(400), days(30)]
/** Yesterday's rows are there by then. */
const AT_HOUR = hours(6)

export const readBackLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: READ_BACK_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    look: ({ tenantId }, lease) => readBack(deps, tenantId, lease),
  })

/** The next morning. */
export const nextReadBack = (now: Instant): Instant => {
  const today = plus(midnight(now), AT_HOUR)
  return today.getTime() > now.getTime() ? today : plus(today, days(1))
}

export interface Compared {
  readonly day: string
  readonly subscriptionId: string
  readonly dimension: string
  readonly ours: ExactQuantity
  readonly submitted: ExactQuantity | undefined
  readonly processed: ExactQuantity | undefined
  readonly standing: ReadBackStanding
  readonly words: readonly string[]
}

async function readBack({ db, clock, meteringFor }: UsageDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  const began = clock.now()
  const [from, to] = [dayOf(plus(began, -days(DAYS_COMPARED))), dayOf(plus(began, -days(1)))]
  const ours = await readOurs(db, tenantId, from, to)
  const theirs = await (await meteringFor(tenantId)).listUsage({ from, to }, lease.signal)
  const known = await ofThisTenant(db, tenantId, theirs)
  const compared = compareAll(ours, known, to)
  const now = clock.now()
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await keep(tx, tenantId, compared, now)
    await settleReadBack(tx, tenantId, now)
    await tx
      .deleteFrom('usage_read_back')
      .where('tenant_id', '=', tenantId)
      .where('day', '<', sql<Date>`${dayOf(plus(now, -KEPT))}::date`)
      .execute()
    await pruneOutside(tx, tenantId, now)
  })
  return { lookAgainAt: nextReadBack(now) }
}

interface OurDay {
  readonly day: string
  readonly subscription_id: string
  readonly dimension: string
  readonly accepted: string
  readonly under_way: boolean
}

async function readOurs(db: Db, tenantId: TenantId, from: string, to: string): Promise<readonly OurDay[]> {
  const { rows } = await sql<OurDay>`
    select to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as day, subscription_id, dimension, coalesce(sum(accepted_quantity), 0) as accepted,
      bool_or(state = 'sent' or (state = 'sealed' and sends > 0)) as under_way
    from usage_slots
    where tenant_id = ${tenantId} and hour >= ${`${from}T00:00:00Z`}::timestamptz and hour < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'
      and (accepted_quantity is not null or state = 'sent' or (state = 'sealed' and sends > 0))
    group by 1, 2, 3`.execute(db)
  return rows
}

/** The account may sell more than this bridge handles. */
async function ofThisTenant(db: Db, tenantId: TenantId, totals: readonly UsageTotal[]): Promise<readonly UsageTotal[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('product_id', 'is not', null)
    .where('id', '=', sql<string>`any(${[...new Set(totals.map((one) => one.subscriptionId))]}::uuid[])`)
    .execute()
  const known = new Set<string>(rows.map(({ id }) => id))
  return totals.filter(
    ({ subscriptionId, reconStatus }) => known.has(subscriptionId) && reconStatus !== 'TestHeaders' && reconStatus !== 'DryRun',
  )
}

function compareAll(ours: readonly OurDay[], theirs: readonly UsageTotal[], yesterday: string): readonly Compared[] {
  const groups = new Map<string, { readonly day: string; readonly subscriptionId: string; readonly dimension: string }>()
  const keyOf = (day: string, subscription: string, dimension: string): string => `${day} ${subscription} ${dimension}`
  for (const { day, subscription_id, dimension } of ours)
    groups.set(keyOf(day, subscription_id, dimension), { day, subscriptionId: subscription_id, dimension })
  for (const { day, subscriptionId, dimension } of theirs)
    groups.set(keyOf(day, subscriptionId, dimension), { day, subscriptionId, dimension })
  return [...groups].map(([key, group]): Compared => {
    const mine = ours.find((one) => keyOf(one.day, one.subscription_id, one.dimension) === key)
    const rows = theirs.filter((one) => keyOf(one.day, one.subscriptionId, one.dimension) === key)
    const sum = quantityOf(mine?.accepted ?? '0')
    const processed = rows.flatMap((row) => row.processed ?? [])
    return {
      ...group,
      ours: sum,
      submitted: rows.length === 0 ? undefined : sumQuantities(rows.map((row) => row.submitted)),
      processed: processed.length === 0 ? undefined : sumQuantities(processed),
      standing: compareDay({ ours: sum, rows, underWay: mine?.under_way ?? false, fresh: group.day === yesterday }),
      words: [...new Set(rows.map(({ rawReconStatus }) => rawReconStatus))].toSorted(),
    }
  })
}

/** Rows of one statement. */
const TOGETHER = 1_000

async function keep(tx: Tx, tenantId: TenantId, compared: readonly Compared[], now: Instant): Promise<void> {
  const rows = compared.map((one) => ({
    ...{ tenant_id: tenantId, day: one.day, subscription_id: one.subscriptionId, dimension: one.dimension },
    ...{ ours: printQuantity(one.ours), submitted: textOf(one.submitted), processed: textOf(one.processed) },
    ...{ standing: one.standing, words: [...one.words], compared_at: new Date(now.getTime()) },
  }))
  for (let from = 0; from < rows.length; from += TOGETHER) {
    await tx
      .insertInto('usage_read_back')
      .values(rows.slice(from, from + TOGETHER))
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'day', 'subscription_id', 'dimension']).doUpdateSet(({ ref }) => ({
          ...{ ours: ref('excluded.ours'), submitted: ref('excluded.submitted'), processed: ref('excluded.processed') },
          ...{ standing: ref('excluded.standing'), words: ref('excluded.words'), compared_at: ref('excluded.compared_at') },
        })),
      )
      .execute()
  }
}

/** Both numbers, day by day; an item goes by itself when Microsoft's numbers are ours. */
async function settleReadBack(tx: Tx, tenantId: TenantId, now: Instant): Promise<void> {
  const recent = await listReadBack(tx, tenantId, { from: dayOf(plus(now, -TOLD)) })
  for (const subscription of new Set(recent.map(({ subscriptionId }) => subscriptionId))) {
    const differing = recent.filter(({ subscriptionId, standing }) => subscriptionId === subscription && isDifference(standing))
    const facts = { days: differing.length, differences: differing.map(inWords).slice(0, 20) }
    const wanted: readonly AttentionNote[] = differing.length === 0 ? [] : [{ code: 'USAGE_READ_BACK', facts }]
    await settleAttention(tx, { tenantId, subject: { kind: 'subscription', id: subscription }, among: ['USAGE_READ_BACK'], wanted }, now)
  }
}

const inWords = ({ day, dimension, ours, submitted, processed, standing, words }: Compared): string =>
  `${day}, ${dimension}: ${standing}; ours ${printQuantity(ours)}, Microsoft took ${textOf(submitted) ?? 'nothing'}` +
  `${processed === undefined ? '' : `, bills ${printQuantity(processed)}`}${words.length === 0 ? '' : ` (${words.join(', ')})`}`

/** The newest day first. */
export async function listReadBack(
  db: Db | Tx,
  tenantId: TenantId,
  { from }: { readonly from?: string } = {},
): Promise<readonly Compared[]> {
  const rows = await db
    .selectFrom('usage_read_back')
    .selectAll()
    .select(sql<string>`to_char(day, 'YYYY-MM-DD')`.as('day_text'))
    .where('tenant_id', '=', tenantId)
    .$if(from !== undefined, (query) => query.where('day', '>=', sql<Date>`${from ?? ''}::date`))
    .orderBy('day', 'desc')
    .orderBy('subscription_id')
    .orderBy('dimension')
    .limit(5000)
    .execute()
  return rows.map((row) => ({
    ...{ day: row.day_text, subscriptionId: row.subscription_id, dimension: row.dimension, words: row.words },
    ...{ ours: quantityOf(row.ours), submitted: quantityIn(row.submitted), processed: quantityIn(row.processed) },
    standing: row.standing as ReadBackStanding, // the database holds no other
  }))
}

const midnight = (at: Instant): Instant => new Date(Math.floor(at.getTime() / days(1)) * days(1))
const dayOf = (at: Instant): string => at.toISOString().slice(0, 10)
const textOf = (quantity: ExactQuantity | undefined): string | null => (quantity === undefined ? null : printQuantity(quantity))
const quantityIn = (text: string | null): ExactQuantity | undefined => (text === null ? undefined : quantityOf(text))
