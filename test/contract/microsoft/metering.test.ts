/** Our metering client and the sandbox, both held against Microsoft's own description of the API. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dimensionId, planId, type SubscriptionId } from '../../../src/kit/ids.ts'
import { quantityOf } from '../../../src/kit/quantity.ts'
import { hours, instant } from '../../../src/kit/time.ts'
import { joinVerdicts, type UsageEvent } from '../../../src/microsoft/index.ts'
import { type ContractBench, contractBench } from './bench.ts'
import { createJudge, METERING } from './spec.ts'

const judge = createJudge(METERING)
const signals = { offerId: 'larkspur-signals', planId: 'metered' }

let bench: ContractBench
beforeAll(async () => {
  bench = await contractBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.stop())

const lastHour = (back = 1) => instant((Math.floor(bench.sandbox.clock.now().getTime() / hours(1)) - back) * hours(1))

const event = (subscriptionId: SubscriptionId, more: Partial<UsageEvent> = {}): UsageEvent => ({
  subscriptionId,
  dimension: dimensionId.parse('events'),
  planId: planId.parse('metered'),
  slotHour: lastHour(),
  quantity: quantityOf('1234567.12345678'),
  ...more,
})

const settle = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

/** Every call of the client at least once, with good and bad ends. */
async function walkThrough(): Promise<SubscriptionId> {
  const { metering, buy } = bench
  const { id } = await buy(signals)
  const { id: pending } = await buy(signals, false)
  await metering.reportUsage([
    event(id),
    event(id, { dimension: dimensionId.parse('seats') }),
    event(pending),
    event(id, { slotHour: lastHour(30) }),
  ])
  await metering.reportUsage([event(id)])
  await metering.reportOne(event(id, { slotHour: lastHour(2) }))
  await metering.reportOne(event(id))
  await settle(metering.reportOne(event(pending)))
  await metering.listUsage({ from: lastHour(48).toISOString().slice(0, 10), offerId: bench.offerId(id), reconStatus: 'Submitted' })
  return id
}

/** Microsoft's file has the fulfilment calls elsewhere. */
const metered = () => bench.exchanges.filter(({ path }) => !path.startsWith('/saas/'))

test('the client sends nothing but calls of the official description, and every one of them', async () => {
  await walkThrough()
  expect(metered().flatMap((exchange) => judge.faultsOfCall(exchange))).toEqual([])
  expect(new Set(metered().map(judge.operationIdOf))).toEqual(new Set(judge.operationIds))
})

test('the sandbox answers in no other way than the official description allows', async () => {
  await walkThrough()
  expect(
    metered().flatMap((exchange) => judge.faultsOfAnswer(exchange).map((fault) => `${exchange.path} ${exchange.status}: ${fault}`)),
  ).toEqual([])
  expect(new Set(metered().map(({ status }) => status))).toEqual(new Set([200, 400, 409]))
})

test('the judge is no rubber stamp', async () => {
  await walkThrough()
  const [batch] = metered()
  if (!batch) throw new Error('expected an exchange')
  const wrong = ['', '{"request":[{"quantity":"1"}]}', '{"request":[{"seats":1}]}', '{"events":[]}']
  expect(wrong.map((body) => judge.faultsOfCall({ ...batch, body }).length)).not.toContain(0)
  const answers = ['{"result":{}}', '{"result":[{"usageEventId":"no guid"}]}', '{"results":[]}']
  expect(answers.map((answer) => judge.faultsOfAnswer({ ...batch, answer }).length)).not.toContain(0)
})

test('what is sent is what Microsoft has, to the last of fifteen digits, and a repeat shows it', async () => {
  const id = await walkThrough()
  const [first] = joinVerdicts([event(id)], await bench.metering.reportUsage([event(id)]))
  expect(first?.verdict).toMatchObject({ status: 'Duplicate', accepted: { quantity: quantityOf('1234567.12345678'), planId: 'metered' } })
  expect(bench.sandbox.worlds.marketplace.billed(id)).toMatchObject([{ quantity: '2469134.24691356', events: 2 }])
  const days = await bench.metering.listUsage({ from: lastHour(48).toISOString().slice(0, 10) })
  expect(days.reduce((sum, { submitted }) => sum + submitted, 0n)).toBe(quantityOf('2469134.24691356'))
})

test('every way to fail is told apart', async () => {
  const { metering, buy } = bench
  const { id } = await buy(signals)
  const faults = bench.sandbox.worlds.faults
  faults.add({ world: 'usage', kind: 'verdict', status: 'Throttled', dimension: 'mails' })
  faults.add({ world: 'usage', kind: 'omit', dimension: 'storage' })
  const events = ['events', 'mails', 'storage'].map((dimension) => event(id, { dimension: dimensionId.parse(dimension) }))
  const joined = joinVerdicts(events, await metering.reportUsage(events))
  expect(joined.map(({ verdict }) => verdict?.status)).toEqual(['Accepted', 'Unknown', undefined])
  faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'hangAfterEffect' })
  expect(await metering.reportUsage([event(id, { slotHour: lastHour(3) })])).toMatchObject([{ status: 'Duplicate' }])
  faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'status', status: 429, retryAfter: 60 })
  await expect(metering.reportUsage([event(id)])).rejects.toMatchObject({ code: 'ERR_MS_UNAVAILABLE', facts: { retryAfter: 60_000 } })
})
