/** Several processes on one work list, killed and stopped where it hurts. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { eventually } from '../../../test/helpers/eventually.ts'
import { type Child, startChild } from '../../../test/helpers/processes/child.ts'
import { tenantId } from '../../kit/ids.ts'
import { instant, type Milliseconds, minutes } from '../../kit/time.ts'
import { listWork, wakeAll } from './index.ts'

const { db, url } = await testDatabase()
const larkspur = tenantId.parse('larkspur')
const now = instant('2030-01-01')
const children: Child[] = []
/** A process's looks at the same time; the places for answers to Microsoft stay empty here. */
const AT_ONCE = 8

await sql`create table effects (seq bigint generated always as identity, key text, kind text, holder text, token bigint)`.execute(db)
beforeEach(async () => {
  await sql`truncate work, effects`.execute(db)
})
afterEach(async () => {
  await Promise.all(
    children.splice(0).map((child) => child.process.exitCode === null && child.process.signalCode === null && child.signal('SIGKILL')),
  )
})

async function start(count: number, manner: 'quick' | 'pauses'): Promise<readonly Child[]> {
  const started = Array.from({ length: count }, (_, n) => startChild('looker.ts', [url, `process ${n}`, manner]))
  children.push(...started)
  await Promise.all(started.map(async (child) => expect(await child.line()).toBe('ready')))
  return started
}

const keys = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `object ${n}`)
const wakeKeys = (all: readonly string[]) =>
  wakeAll(
    db,
    all.map((key) => ({ tenantId: larkspur, kind: 'test', key })),
    now,
  )

async function effects(kind: 'call' | 'stored'): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`select key from effects where kind = ${kind} order by key`.execute(db)
  return rows.map(({ key }) => key)
}

/** Effects that came after one of a later holder of the same object. */
async function latecomers(): Promise<readonly { readonly kind: string }[]> {
  const { rows } = await sql<{ kind: string }>`select * from effects as late
    where exists (select 1 from effects as earlier where earlier.key = late.key and earlier.seq < late.seq and earlier.token > late.token)`.execute(
    db,
  )
  return rows
}

/** As long as it takes: only what is lost takes longer. */
const PATIENCE: Milliseconds = minutes(5)
const nothingLeft = () => eventually(() => listWork(db), PATIENCE).toEqual([])

describe('several processes', { timeout: PATIENCE }, () => {
  test('look at every object, each once, while nothing goes wrong', async () => {
    await start(3, 'quick')
    await wakeKeys(keys(300))
    await nothingLeft()
    expect(await effects('stored')).toEqual(keys(300).toSorted())
    expect(await effects('call')).toEqual(keys(300).toSorted())
  })

  test.each([
    { count: 2, killed: 1, stopped: 0, objects: 400 },
    { count: 8, killed: 3, stopped: 2, objects: 1_000 },
  ])(
    '$count of them, $killed killed and $stopped stopped past their lease, lose no object; only what these held is looked at again',
    async ({ count, killed, stopped, objects }) => {
      const all = await start(count, 'quick')
      await wakeKeys(keys(objects))
      for (const [index, victim] of all.slice(0, killed + stopped).entries()) {
        const before = (await effects('stored')).length
        await eventually(async () => (await effects('stored')).length, PATIENCE).toBeGreaterThan(before + 20)
        await victim.signal(index < killed ? 'SIGKILL' : 'SIGSTOP')
      }
      await nothingLeft()
      for (const sleeper of all.slice(killed, killed + stopped)) {
        await sleeper.signal('SIGCONT')
        await sleeper.signal('SIGTERM')
      }
      const stored = await effects('stored')
      expect([...new Set(stored)]).toEqual(keys(objects).toSorted())
      expect(stored.length).toBeLessThanOrEqual(objects + (killed + stopped) * AT_ONCE)
      expect((await latecomers()).filter(({ kind }) => kind === 'stored')).toEqual([])
    },
  )

  test('asked to end finish what they do: nothing is called twice', async () => {
    const [first] = await start(2, 'quick')
    await wakeKeys(keys(300))
    await eventually(async () => (await effects('stored')).length, PATIENCE).toBeGreaterThan(20)
    await first?.signal('SIGTERM')
    await nothingLeft()
    expect((await effects('call')).length).toBe(300)
  })
})

describe('a holder that stands still past its lease', { timeout: PATIENCE }, () => {
  test('before its call neither calls nor stores: the other process did both', async () => {
    const { holder, other } = await holderOf('a')
    await holder.signal('SIGSTOP')
    expect(await other.line()).toBe('claimed a')
    other.say()
    expect(await other.line()).toBe('called a')
    other.say()
    await nothingLeft()
    await letGoOn(holder)
    expect(await effects('call')).toEqual(['a'])
    expect(await effects('stored')).toEqual(['a'])
    expect(await latecomers()).toEqual([])
  })

  test('after its call stores nothing over what the other process has stored', async () => {
    const { holder, other } = await holderOf('a')
    holder.say()
    expect(await holder.line()).toBe('called a')
    await holder.signal('SIGSTOP')
    expect(await other.line()).toBe('claimed a')
    other.say()
    expect(await other.line()).toBe('called a')
    other.say()
    await nothingLeft()
    await letGoOn(holder)
    expect(await effects('stored')).toEqual(['a'])
    expect(await latecomers()).toEqual([])
  })

  /** One process that has claimed the object and waits, and another that has nothing yet. */
  async function holderOf(key: string): Promise<{ holder: Child; other: Child }> {
    const [holder] = await start(1, 'pauses')
    await wakeKeys([key])
    expect(await holder?.line()).toBe(`claimed ${key}`)
    const [other] = await start(1, 'pauses')
    if (!holder || !other) throw new Error('two processes')
    return { holder, other }
  }

  async function letGoOn(holder: Child): Promise<void> {
    holder.say()
    await holder.signal('SIGCONT')
    await holder.signal('SIGTERM')
  }
})
