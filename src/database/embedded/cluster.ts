/** The first start: makes PostgreSQL's data folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'
import { isAlive } from './process.ts'

export const SUPERUSER = 'bridge'

const INITDB_OPTIONS = [
  `--username=${SUPERUSER}`,
  '--auth=trust', // the socket's folder is closed to everybody else
  '--data-checksums',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
]

/**
 * Makes the data folder unless it is there: beside it first, then renamed in one step, so that a crash leaves no half of one.
 * Of two first starts at once one wins the rename; the other throws its own away.
 */
export async function ensureCluster(place: Place, findBinaries: () => Binaries, quick: boolean): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION'))) return
  removeAbandoned(place.data)
  const half = `${place.data}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  makePrivateFolder(half, place.account)
  try {
    await runInitdb(findBinaries().initdb, [...INITDB_OPTIONS, ...(quick ? ['--no-sync'] : []), '--pgdata', half], place.account)
    renameUnlessThere(half, place.data)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

export function makePrivateFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  if (account) chownSync(path, account.uid, account.gid)
}

function renameUnlessThere(half: string, data: string): void {
  try {
    renameSync(half, data)
  } catch (error) {
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  }
}

/** Halves left by first starts that were killed. */
function removeAbandoned(data: string): void {
  const prefix = `${basename(data)}.new-`
  for (const name of readdirSync(dirname(data))) {
    if (name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      rmSync(join(dirname(data), name), { recursive: true, force: true })
  }
}

async function runInitdb(program: string, options: readonly string[], account: Account | undefined): Promise<void> {
  const child = spawn(program, options, { ...account, cwd: '/', env: serverEnvironment, stdio: ['ignore', 'ignore', 'pipe'] })
  const [output, code] = await Promise.all([readAll(child), exitOf(child)])
  if (code !== 0) throw new AppError('ERR_DB_EMBEDDED_START', { facts: { step: 'initdb', output: output.slice(-1000) } })
}

/** Nothing of our own environment reaches the server: no secrets, no PGDATA of somebody else. */
export const serverEnvironment: Record<string, string> = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

async function readAll(child: ChildProcess): Promise<string> {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  if (child.stderr) await once(child.stderr, 'close')
  return text
}

/** The exit code; null when ended by a signal. A program that cannot be run at all is no program for this machine (Alpine, say). */
async function exitOf(child: ChildProcess): Promise<number | null> {
  try {
    await once(child, 'exit')
    return child.exitCode
  } catch (cause) {
    throw new AppError('ERR_DB_EMBEDDED_UNAVAILABLE', { cause })
  }
}
