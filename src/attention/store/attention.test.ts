import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { inTransaction } from '../../database/index.ts'
import { attentionItemId, type TenantId, tenantId } from '../../kit/ids.ts'
import { days, hours, type Instant, instant, plus } from '../../kit/time.ts'
import type { AttentionItem } from '../item.ts'
import type { AttentionNote } from '../rules/note.ts'
import type { Subject } from '../rules/subject.ts'
import { acknowledgeAttention, resolveAttention, snoozeAttention } from './moves.ts'
import { findAttention, listAttention, presentAttention, readAttentionHistory } from './read.ts'
import { clearAttention, raiseAttention } from './settle.ts'

const { db } = await testDatabase()
const [larkspur, foxglove] = [tenantId.parse('larkspur'), tenantId.parse('foxglove')]
const start = instant('2030-01-01T00:00:00Z')
const mara = { by: 'mara', note: 'on the phone with them' }

beforeAll(async () => {
  for (const id of [larkspur, foxglove])
    await sql`insert into tenants (id, name, status, created_at, updated_at) values (${id}, ${id}, 'active', ${new Date(0)}, ${new Date(0)})`.execute(
      db,
    )
})

const someone = (): Subject => ({ kind: 'subscription', id: randomUUID() })
const day = (n: number): AttentionNote => ({ code: 'BUYER_NOT_CONFIRMED', facts: { day: n } })
const raise = (subject: Subject, note: AttentionNote, at: Instant, tenant: TenantId = larkspur) =>
  inTransaction(db, (tx) => raiseAttention(tx, tenant, subject, note, at))
const clear = (subject: Subject, at: Instant, tenant: TenantId = larkspur) =>
  inTransaction(db, (tx) => clearAttention(tx, tenant, subject, ['BUYER_NOT_CONFIRMED'], at))
const shown = (subject: Subject, now: Instant) =>
  listAttention(db, { tenantId: larkspur, subjectKind: subject.kind, subjectId: subject.id }, now)

async function raised(subject: Subject, at: Instant = start): Promise<AttentionItem> {
  await raise(subject, day(20), at)
  const [item] = await presentAttention(db, larkspur, subject)
  if (!item) throw new TypeError('it was raised')
  return item
}

describe('an item', () => {
  test('is raised once, keeps its age, and goes by itself', async () => {
    const subject = someone()
    expect(await raise(subject, day(20), start)).toMatchObject([{ event: 'raised', code: 'BUYER_NOT_CONFIRMED' }])
    expect(await raise(subject, day(20), plus(start, hours(1)))).toEqual([])
    expect(await shown(subject, plus(start, hours(1)))).toMatchObject([{ since: start, state: 'open' }])
    expect(await clear(subject, plus(start, hours(2)))).toMatchObject([{ event: 'gone' }])
    expect(await shown(subject, plus(start, hours(2)))).toEqual([])
    expect(await clear(subject, plus(start, hours(3)))).toEqual([])
  })

  test('is one, however many raise it at the same moment', async () => {
    const subject = someone()
    const changes = await Promise.all(Array.from({ length: 8 }, () => raise(subject, day(20), start)))
    expect(changes.flat()).toHaveLength(1)
    expect(await presentAttention(db, larkspur, subject)).toHaveLength(1)
  })

  test('snoozed is out of sight, comes back by itself, and at once when its day is another', async () => {
    const subject = someone()
    const item = await raised(subject)
    await snoozeAttention(db, item, mara, plus(start, days(2)), start)
    expect(await shown(subject, plus(start, days(1)))).toEqual([])
    expect(await shown(subject, plus(start, days(2)))).toMatchObject([{ id: item.id }])
    await raise(subject, day(25), plus(start, days(1)))
    expect(await shown(subject, plus(start, days(1)))).toMatchObject([{ id: item.id, state: 'open', facts: { day: 25 }, since: start }])
  })

  test('whose cause went and came back within the snooze is still the same one, and still asleep', async () => {
    const subject = someone()
    const item = await raised(subject)
    await snoozeAttention(db, item, mara, plus(start, days(2)), start)
    await clear(subject, plus(start, hours(1)))
    expect(await raise(subject, day(20), plus(start, hours(2)))).toMatchObject([{ itemId: item.id, event: 'sleepsOn' }])
    expect(await shown(subject, plus(start, hours(3)))).toEqual([])
    expect(await shown(subject, plus(start, days(2)))).toHaveLength(1)
  })

  test('that is resolved cannot be resolved again, and one that does not exist is not found, also for another tenant', async () => {
    const item = await raised(someone())
    await resolveAttention(db, item, mara, 'leave', start)
    await expect(acknowledgeAttention(db, item, mara, start)).rejects.toMatchObject({ code: 'ERR_ATTENTION_RESOLVED' })
    const nowhere = { tenantId: larkspur, id: attentionItemId.parse(randomUUID()) }
    await expect(acknowledgeAttention(db, nowhere, mara, start)).rejects.toMatchObject({ code: 'ERR_ATTENTION_NOT_FOUND' })
    await expect(acknowledgeAttention(db, { ...item, tenantId: foxglove }, mara, start)).rejects.toMatchObject({
      code: 'ERR_ATTENTION_NOT_FOUND',
    })
    expect(await findAttention(db, item.id, foxglove)).toBeUndefined()
  })

  test('has a history of what happened and who said what', async () => {
    const subject = someone()
    const item = await raised(subject)
    await acknowledgeAttention(db, item, mara, start)
    await raise(subject, day(25), plus(start, days(5)))
    await resolveAttention(db, item, { by: 'api key ops' }, 'leave', plus(start, days(6)))
    await clear(subject, plus(start, days(7)))
    expect(await readAttentionHistory(db, item)).toMatchObject([
      { event: 'raised', by: undefined, facts: { day: 20 } },
      { event: 'acknowledged', by: 'mara', note: 'on the phone with them' },
      { event: 'changed', facts: { day: 25 } },
      { event: 'resolved', by: 'api key ops', facts: { action: 'leave' } },
      { event: 'gone', by: undefined },
    ])
  })

  test('may not be snoozed into the past, nor for more than 90 days', async () => {
    const item = await raised(someone())
    for (const until of [start, plus(start, days(91))])
      expect(() => snoozeAttention(db, item, mara, until, start)).toThrow(expect.objectContaining({ code: 'ERR_BAD_INPUT' }))
  })
})

type Happening =
  | { readonly kind: 'seen'; readonly day: number }
  | { readonly kind: 'gone' | 'acknowledge' | 'snooze' | 'leave' | 'retry' | 'nothing' }
const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(20, 25).map((n) => ({ kind: 'seen' as const, day: n })) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('gone', 'acknowledge', 'snooze', 'leave', 'retry', 'nothing').map((kind) => ({ kind }) as const),
    },
  ),
  { minLength: 1, maxLength: 14 },
)

/** @returns whether an operator's move met an item it could be made on */
async function carryOut(subject: Subject, happening: Happening, at: Instant): Promise<boolean> {
  if (happening.kind === 'seen') return (await raise(subject, day(happening.day), at)).length > 0
  if (happening.kind === 'gone') return (await clear(subject, at)).length > 0
  const [item] = (await presentAttention(db, larkspur, subject)).filter(({ state }) => state !== 'resolved')
  if (!item || happening.kind === 'nothing') return false
  if (happening.kind === 'acknowledge') await acknowledgeAttention(db, item, mara, at)
  else if (happening.kind === 'snooze') await snoozeAttention(db, item, mara, plus(at, hours(5)), at)
  else await resolveAttention(db, item, mara, happening.kind, at)
  return true
}

test('whatever happens: one item while the cause is there, none when it is gone, and out of sight only for the cause and the time an operator asked for', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (story) => {
      const subject = someone()
      let at = start
      let seenDay: number | undefined
      let leftDay: number | undefined
      const asleepUntil = new Map<number, Instant>()
      for (const happening of story) {
        at = plus(at, hours(1))
        const moved = await carryOut(subject, happening, at)
        if (happening.kind === 'seen') seenDay = happening.day
        if (happening.kind === 'gone') seenDay = undefined
        if (seenDay !== leftDay) leftDay = undefined
        if (moved && seenDay !== undefined) {
          if (happening.kind === 'leave') leftDay = seenDay
          if (happening.kind === 'snooze') asleepUntil.set(seenDay, plus(at, hours(5)))
        }
        expect(await presentAttention(db, larkspur, subject)).toHaveLength(seenDay === undefined ? 0 : 1)
        const visible = (await shown(subject, at)).length === 1
        if (happening.kind === 'snooze' || happening.kind === 'leave') expect(visible).toBe(false)
        if (happening.kind !== 'seen' || visible) continue
        expect(leftDay === happening.day || at < (asleepUntil.get(happening.day) ?? start)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
