/** How fast due objects are claimed, by one process and by several. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { type Milliseconds, seconds } from '../src/kit/time.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'

const OBJECTS = 40_000
const TENANTS = 50
const FOR: Milliseconds = seconds(2)

export const workListBench: Bench = {
  name: 'work-list',
  about: `claims per second from ${OBJECTS.toLocaleString('en')} due objects of ${TENANTS} tenants; baseline: a bare UPDATE of 25 rows with SKIP LOCKED`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  await makeBareTable(database)
  const baseline = await measure(database, 'bare', 1)
  const measured: Measurement[] = []
  for (const processes of [1, 2, 4]) measured.push(await measure(database, 'claim', processes))
  return { baseline, measured }
}

/** Starts the processes first, so that their start is not measured. */
async function measure(database: Database, mode: 'bare' | 'claim', processes: number): Promise<Measurement> {
  await refill(database)
  const children = Array.from({ length: processes }, () => claimer(database.url, mode))
  await Promise.all(children.map(({ line }) => line()))
  const counts = await Promise.all(
    children.map(async ({ child, line }) => {
      child.stdin?.end(`${FOR}\n`)
      return JSON.parse(await line()) as { claims: number; took: Milliseconds }
    }),
  )
  await Promise.all(children.map(({ exit }) => exit))
  const rate = counts.reduce((sum, { claims, took }) => sum + (claims * 1000) / took, 0)
  return { name: `${mode}, ${processes} ${processes === 1 ? 'process' : 'processes'}`, rate, unit: 'claims' }
}

function claimer(url: string, mode: string): { child: ChildProcess; line: () => Promise<string>; exit: Promise<unknown> } {
  const program = fileURLToPath(new URL('work-list-claimer.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, mode], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, line: async () => String((await lines.next()).value), exit: once(child, 'exit') }
}

async function refill({ db }: Database): Promise<void> {
  await sql`truncate work, bare`.execute(db)
  const numbers = sql`generate_series(1, ${OBJECTS}::int) as n`
  await sql`insert into work (tenant_id, kind, key, priority, due_at)
    select 'tenant-' || n % ${TENANTS}::int, 'bench', 'object ' || n, 50, '2030-01-01' from ${numbers}`.execute(db)
  await sql`insert into bare (due_at) select '2030-01-01'::timestamptz + n * interval '1 ms' from ${numbers}`.execute(db)
  await sql`vacuum analyze work, bare`.execute(db)
}

const makeBareTable = ({ db }: Database) =>
  sql`create table bare (id bigint generated always as identity primary key, due_at timestamptz, lease_until timestamptz) with (fillfactor = 70);
  create index bare_free on bare (due_at) where lease_until is null`.execute(db)
