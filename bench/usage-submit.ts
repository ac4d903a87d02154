/** Sealed hours to Microsoft: events a second, and how much of the time goes by waiting for its answers. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { planId, type SubscriptionId, subscriptionId } from '../src/kit/ids.ts'
import { type Instant, type Milliseconds, minutes, plus } from '../src/kit/time.ts'
import { hourOf, hoursLater, type UtcHour } from '../src/kit/utc-hour.ts'
import type { MicrosoftMetering, UsageEvent } from '../src/microsoft/index.ts'
import { policiesOf, type ReportedUsage, takeIn } from '../src/usage/index.ts'
import { sealUsage } from '../src/usage/seal.ts'
import { LANES, sendUsage } from '../src/usage/send.ts'
import { startBridge, TENANT } from './bridge.ts'
import { type Child, startChild } from './child.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { freeLease } from './lease.ts'
import type { Hello, SandboxOrder } from './sandbox-process.ts'
import { secondsSince } from './subscriptions.ts'
import { DIMENSIONS, makeActive, OFFER, PLAN, PRODUCT } from './usage-records.ts'

const SLOTS = Number(process.env['SLOTS'] ?? 100_000)
/** Microsoft's answers take so long. */
const LATENCY: Milliseconds = Number(process.env['LATENCY'] ?? 100)
const HOURS = 20
/** Hours that are not told: with the grace, the last of them cannot be sealed yet. */
const SETTLES = 3
const IN_A_CALL = 25

export const usageSubmitBench: Bench = {
  name: 'usage-submit',
  about: `${SLOTS.toLocaleString('en')} sealed hours sent to a Microsoft that takes ${LATENCY} ms to answer; baseline: bare calls of ${IN_A_CALL} events each, ${LANES} at once, nothing stored`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const sandbox = startChild('sandbox-process.ts')
  const bridge = await startBridge(database, await sandbox.hear<Hello>(), { noDoors: true })
  try {
    const now = bridge.usage.clock.now()
    const subscriptions = await activeOnes(database, sandbox, Math.ceil(SLOTS / HOURS / DIMENSIONS.length), now)
    const metering = await bridge.usage.meteringFor(TENANT)
    const baseline = await bareCalls(metering, subscriptions, now)
    await fill(database, subscriptions, now)
    const sealing = await timed('hours sealed', 'slots', () => sealUsage(bridge.usage, TENANT, freeLease))
    const waited = { time: 0 }
    const usage = { ...bridge.usage, meteringFor: async () => watched(metering, waited) }
    const sending = await timed('hours sent', 'events', () => sendUsage(usage, TENANT, freeLease))
    await assertAccepted(database)
    const share = waited.time / 1000 / LANES / (SLOTS / sending.rate)
    return { baseline, measured: [sealing, { ...sending, name: `hours sent (${Math.round(share * 100)} % of it waiting)` }] }
  } finally {
    await bridge.stop()
    await sandbox.end()
  }
}

async function activeOnes({ db }: Database, sandbox: Child, count: number, now: Instant): Promise<readonly SubscriptionId[]> {
  sandbox.tell({ kind: 'metered', count, offerId: OFFER, planId: PLAN, latency: LATENCY } satisfies SandboxOrder)
  const ids = (await sandbox.hear<readonly string[]>()).map((id) => subscriptionId.parse(id))
  await makeActive(db, ids, now)
  return ids
}

/** Events of the last hours, in which the ledger is told nothing. */
async function bareCalls(metering: MicrosoftMetering, subscriptions: readonly SubscriptionId[], now: Instant): Promise<Measurement> {
  const own = Array.from({ length: SETTLES }, (_, n) => hoursLater(hourOf(now), -n))
  const all = [...slots(subscriptions, own)].map((slot) => ({ ...slot, planId: planId.parse(PLAN) }))
  const calls = Array.from({ length: Math.ceil(all.length / IN_A_CALL) }, (_, n) => all.slice(n * IN_A_CALL, (n + 1) * IN_A_CALL)).values()
  const begun = performance.now()
  const lane = async (): Promise<void> => {
    for (const call of calls) await metering.reportUsage(call)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return { name: 'bare calls', unit: 'events', rate: all.length / secondsSince(begun) }
}

/** Told some minutes ago, so that every hour that is over may be sealed. */
async function fill({ db }: Database, subscriptions: readonly SubscriptionId[], now: Instant): Promise<void> {
  const intake = { tenantId: TENANT, policyOf: await policiesOf(db, TENANT), now: plus(now, -minutes(10)) }
  const back = Array.from({ length: HOURS }, (_, n) => hoursLater(hourOf(now), -(n + SETTLES)))
  let part: ReportedUsage[] = []
  let told = 0
  for (const { subscriptionId: id, dimension, slotHour, quantity } of slots(subscriptions, back)) {
    if (told++ === SLOTS) break
    const what = { source: 'api', key: randomUUID(), productId: PRODUCT, wholeMonth: false } as const
    part.push({ ...what, subscriptionId: id, dimension, quantity, consumedFrom: slotHour, consumedAt: slotHour })
    if (part.length < 5_000) continue
    await takeIn(db, intake, part)
    part = []
  }
  await takeIn(db, intake, part)
}

type Slot = Pick<UsageEvent, 'subscriptionId' | 'dimension' | 'slotHour' | 'quantity'>

function* slots(subscriptions: readonly SubscriptionId[], hoursBack: readonly UtcHour[]): Generator<Slot> {
  for (const slotHour of hoursBack)
    for (const id of subscriptions)
      for (const dimension of DIMENSIONS) yield { subscriptionId: id, dimension, slotHour, quantity: 150_000_000n }
}

async function timed(name: string, unit: string, work: () => Promise<unknown>): Promise<Measurement> {
  const begun = performance.now()
  await work()
  return { name, unit, rate: SLOTS / secondsSince(begun) }
}

/** Adds up how long its calls take, all of them together. */
const watched = (metering: MicrosoftMetering, waited: { time: Milliseconds }): MicrosoftMetering => ({
  ...metering,
  async reportUsage(events, signal) {
    const begun = performance.now()
    try {
      return await metering.reportUsage(events, signal)
    } finally {
      waited.time += performance.now() - begun
    }
  },
})

async function assertAccepted({ db }: Database): Promise<void> {
  const { rows } = await sql<{
    state: string
    count: number
  }>`select state, count(*)::int as count from usage_slots group by state`.execute(db)
  if (rows.length !== 1 || rows[0]?.state !== 'accepted' || rows[0].count !== SLOTS)
    throw new Error(`not all accepted: ${JSON.stringify(rows)}`)
}
