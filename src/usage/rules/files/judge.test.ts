import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planId } from '../../../kit/ids.ts'
import { ONE, type QuantityReading } from '../../../kit/quantity.ts'
import { instant } from '../../../kit/time.ts'
import { closingNote, decideFile, LONGEST_NOTE } from './decide.ts'
import { type FileFacts, judgeRecord, type Knowledge, type KnownSubscription, type RecordFacts } from './judge.ts'
import { type RecordReason, recordReasons } from './reasons.ts'
import { windowOf } from './window.ts'

const start = instant('2031-03-01T00:00:00Z')
const subscription: KnownSubscription = {
  productId: 'PRD-1',
  environment: 'production',
  phases: [{ from: start, status: 'Subscribed', planId: planId.parse('metered'), termStart: start }],
}
const file: FileFacts = { schema: 'qt', environment: 'production', currency: 'USD', period: {}, productId: 'PRD-1' }
const record: RecordFacts = {
  status: 'valid',
  itemId: 'events',
  decimals: 2,
  usage: { ok: true, quantity: ONE },
  amount: undefined,
  tier: undefined,
  from: instant('2031-03-05T10:00:00Z'),
  to: instant('2031-03-05T11:00:00Z'),
  ownKey: undefined,
}
const known: Knowledge = {
  subscriptions: [subscription],
  itemAt: (_, item) =>
    item === 'seats'
      ? { kind: 'reservation', dimension: undefined }
      : item === 'unknown'
        ? undefined
        : { kind: 'payAsYouGo', dimension: item === 'flat' ? undefined : item },
  dimension: (id) => ({ source: id === 'told' ? 'api' : 'connect', currency: id === 'money' ? 'USD' : undefined }),
  exported: (key) => key === 'known',
}
const verdict = (of: Partial<RecordFacts> = {}, at: Partial<FileFacts> = {}, by: Partial<Knowledge> = {}) =>
  judgeRecord({ ...file, ...at }, { ...record, ...of }, { ...known, ...by })
const reasons = (...args: Parameters<typeof verdict>): readonly string[] => {
  const judged = verdict(...args)
  return judged.kind === 'bad' ? judged.reasons : [judged.kind]
}
const number = (quantity: bigint): QuantityReading => ({ ok: true, quantity })

test('a good record is billed as its item’s dimension, in the hour before its end', () => {
  expect(verdict()).toMatchObject({ kind: 'bill', dimension: 'events', quantity: ONE, consumedAt: instant('2031-03-05T10:59:59.999Z') })
})

test.each<[string, Parameters<typeof verdict>, readonly string[]]>([
  ['an asset nobody knows', [{}, {}, { subscriptions: [] }], ['ASSET_UNKNOWN']],
  ['an asset of two', [{}, {}, { subscriptions: [subscription, subscription] }], ['ASSET_AMBIGUOUS']],
  ['another product’s', [{}, { productId: 'PRD-2' }], ['OTHER_PRODUCT']],
  ['a test file for a paid subscription', [{}, { environment: 'test' }], ['OTHER_ENVIRONMENT']],
  ['a paid file for a test subscription', [{}, {}, { subscriptions: [{ ...subscription, environment: 'test' }] }], ['OTHER_ENVIRONMENT']],
  ['a file of an unknown environment', [{}, { environment: 'unknown' }], ['OTHER_ENVIRONMENT']],
  ['before it was active', [{ from: instant('2031-02-01T00:00:00Z'), to: instant('2031-02-01T01:00:00Z') }], ['NOT_ACTIVE']],
  ['no item', [{ itemId: undefined }], ['ITEM_UNKNOWN']],
  ['an item that is not mapped', [{ itemId: 'unknown' }], ['ITEM_NOT_MAPPED']],
  ['an item sold by seats', [{ itemId: 'seats' }], ['ITEM_RESERVED']],
  ['a dimension the application tells', [{ itemId: 'told' }], ['SOURCE_IS_API']],
  ['a rated file', [{ amount: number(5n) }, { schema: 'cr' }], ['SCHEMA_REFUSED']],
  [
    'another currency',
    [
      { itemId: 'money', amount: number(5n) },
      { schema: 'pr', currency: 'EUR' },
    ],
    ['SCHEMA_REFUSED'],
  ],
  ['below zero', [{ usage: number(-1n) }], ['QUANTITY_NEGATIVE']],
  ['too fine for its item', [{ usage: number(ONE / 1000n) }], ['QUANTITY_TOO_FINE']],
  ['no number', [{ usage: { ok: false, fault: 'notANumber' } }], ['QUANTITY_UNREADABLE']],
  ['no time', [{ to: undefined }], ['TIME_MISSING']],
  ['the end first', [{ to: instant('2031-03-05T09:00:00Z') }], ['TIME_REVERSED']],
  [
    'several at once, all told',
    [{ usage: number(-1n), itemId: 'unknown' }, { productId: 'x' }],
    ['OTHER_PRODUCT', 'QUANTITY_NEGATIVE', 'ITEM_NOT_MAPPED'],
  ],
  ['an export nobody made', [{ itemId: 'told', ownKey: 'forged' }], ['EXPORT_UNKNOWN']],
  ['our own export', [{ itemId: 'told', ownKey: 'known' }], ['own']],
  ['closed by somebody else', [{ status: 'closed' }], ['done']],
  ['the flat fee’s', [{ itemId: 'flat' }], ['covered']],
])('%s', (_, args, expected) => {
  expect(reasons(...args)).toEqual(expected)
})

test('the amount is the quantity where the dimension is a unit of the file’s currency; of a tier-rated file the customer’s tier only', () => {
  const rated = { itemId: 'money', amount: number(725n) }
  expect(verdict(rated, { schema: 'cr' })).toMatchObject({ kind: 'bill', quantity: 725n })
  expect(verdict({ ...rated, tier: 0 }, { schema: 'tr' })).toMatchObject({ kind: 'bill', quantity: 725n })
  expect(verdict({ ...rated, tier: 1 }, { schema: 'tr' })).toMatchObject({ kind: 'covered', because: 'otherTier' })
})

test.each([
  ['2031-03-01T00:00:00Z', '2031-04-01T00:00:00Z', true],
  ['2031-03-01T00:00:00Z', '2031-03-31T23:59:59Z', true],
  ['2031-03-01T00:00:00Z', '2031-03-31T00:00:00Z', true],
  ['2031-02-01T00:00:00Z', '2031-02-28T23:59:59Z', true],
  ['2031-03-01T00:00:00Z', '2031-03-31T12:00:00Z', false],
  ['2031-03-02T00:00:00Z', '2031-04-01T00:00:00Z', false],
  ['2031-03-01T00:00:00Z', '2031-03-01T01:00:00Z', false],
])('from %s to %s is a whole month: %s', (from, to, wholeMonth) => {
  expect(windowOf({ from: instant(from), to: instant(to) }, {})).toMatchObject({ ok: true, wholeMonth })
})

test('the file’s whole period counts like a month, unless it is a day', () => {
  const stamps = { from: instant('2031-03-03T00:00:00Z'), to: instant('2031-03-09T23:59:59Z') }
  expect(windowOf(stamps, { from: '2031-03-03', to: '2031-03-09' })).toMatchObject({ wholeMonth: true })
  const day = { from: instant('2031-03-03T00:00:00Z'), to: instant('2031-03-03T23:59:59Z') }
  expect(windowOf(day, { from: '2031-03-03', to: '2031-03-03' })).toMatchObject({ wholeMonth: false })
})

const reading: fc.Arbitrary<QuantityReading> = fc.oneof(
  fc.bigInt({ min: -5n * ONE, max: 10n ** 20n }).map(number),
  fc.constantFrom('notANumber' as const, 'tooFine' as const, 'tooLarge' as const).map((fault): QuantityReading => ({ ok: false, fault })),
)
const moment = fc.option(fc.date({ min: new Date('2030-01-01'), max: new Date('2032-01-01'), noInvalidDate: true }), { nil: undefined })
const anyRecord: fc.Arbitrary<RecordFacts> = fc.record({
  status: fc.constantFrom('valid', 'invalid', 'approved', 'rejected', 'closed', 'uploaded', 'pending', 'unknown'),
  itemId: fc.option(fc.constantFrom('events', 'seats', 'flat', 'told', 'money', 'unknown'), { nil: undefined }),
  decimals: fc.option(fc.constantFrom(0, 1, 2, 4, 8), { nil: undefined }),
  usage: reading,
  amount: fc.option(reading, { nil: undefined }),
  tier: fc.option(fc.constantFrom(0, 1, 2), { nil: undefined }),
  from: moment,
  to: moment,
  ownKey: fc.option(fc.constantFrom('known', 'forged'), { nil: undefined }),
})
const anyFile: fc.Arbitrary<FileFacts> = fc.record({
  schema: fc.constantFrom('qt', 'cr', 'pr', 'tr', 'unknown'),
  environment: fc.constantFrom('production', 'test', 'preview', 'unknown'),
  currency: fc.constantFrom('USD', 'EUR', undefined),
  period: fc.record({ from: fc.constantFrom('2031-03-01', 'soon', undefined), to: fc.constantFrom('2031-03-31', undefined) }),
  productId: fc.constantFrom('PRD-1', 'PRD-2'),
})
const someone: fc.Arbitrary<KnownSubscription> = fc.record({
  productId: fc.constantFrom('PRD-1', undefined),
  environment: fc.constantFrom('production', 'test'),
  phases: fc.constantFrom(subscription.phases, []),
})

test('every record has exactly one verdict, whatever it holds; what is billed is never negative, of the other side, or of another’s source', () => {
  fc.assert(
    fc.property(anyFile, anyRecord, fc.array(someone, { maxLength: 2 }), (of, one, subscriptions) => {
      const judged = judgeRecord(of, one, { ...known, subscriptions })
      if (judged.kind === 'bad') return void expect(new Set(judged.reasons).size).toBe(judged.reasons.length)
      if (judged.kind !== 'bill') return
      expect(judged.quantity).toBeGreaterThanOrEqual(0n)
      expect(judged.consumedFrom.getTime()).toBeLessThanOrEqual(judged.consumedAt.getTime())
      expect(subscriptions).toHaveLength(1)
      expect(subscriptions[0]?.environment === 'production').toBe(of.environment === 'production')
      expect(known.dimension(judged.dimension).source).toBe('connect')
    }),
    { numRuns: 2000 },
  )
})

test('a note is never longer than Connect takes, and tells how many records are meant', () => {
  const codes = Object.keys(recordReasons) as readonly RecordReason[]
  const counts = fc.array(
    fc.record({ reason: fc.constantFrom(...codes), records: fc.nat(1_000_000), example: fc.string({ maxLength: 60 }) }),
  )
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), counts, fc.boolean(), (records, bad, reasonsOf, partly) => {
      const decision = decideFile({ records, bad: Math.min(bad, records), reasons: reasonsOf }, partly)
      expect([...decision.note].length).toBeLessThanOrEqual(LONGEST_NOTE)
      expect(decision.kind === 'reject').toBe(records === 0 || (bad > 0 && (!partly || bad >= records)))
    }),
  )
  fc.assert(fc.property(fc.array(fc.constantFrom(...codes)), (all) => [...closingNote(all)].length <= LONGEST_NOTE))
})
