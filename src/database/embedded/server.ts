/** Starts the server, or finds it running. */
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '../../kit/errors/index.ts'
import type { Log } from '../../kit/log.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import { connectionConfig } from '../connection.ts'
import type { Binaries } from './binaries.ts'
import { SUPERUSER, serverEnvironment } from './cluster.ts'
import { makeSocketFolder, openServerLog, type ServerLog } from './files.ts'
import type { Place } from './place.ts'
import { removeMisleadingLock, serverPid } from './process.ts'

export type ServerSettings = Readonly<Record<string, string>>

const SETTINGS: ServerSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  shared_buffers: '256MB',
}

const LOOK_EVERY: Milliseconds = 10
/** After both were killed, PostgreSQL's children hold its shared memory for up to two seconds more. */
const RETRY_FOR: Milliseconds = seconds(15)
const RETRY_EVERY: Milliseconds = 100
/** Replaying the log of a big last hour takes its time. */
const RECOVER_FOR: Milliseconds = seconds(120)

export const serverUrl = ({ sockets }: Place): string => `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(sockets)}`

/** A connection to the server if it answers, else `undefined`. */
export async function tryConnect(place: Place): Promise<pg.Client | undefined> {
  const client = new pg.Client(connectionConfig(serverUrl(place)))
  client.on('error', () => {}) // a server that goes away is noticed by the next statement
  try {
    await client.connect()
    return client
  } catch {
    return undefined
  }
}

export interface RunningServer {
  readonly client: pg.Client
  /** False when it was running already. */
  readonly started: boolean
}

/**
 * Connects to the server, starting it when it does not run. Any number of processes may call this at once: PostgreSQL's own lock lets one start.
 * @throws AppError `ERR_DB_EMBEDDED_START` with the end of its log.
 */
export async function ensureRunning(
  place: Place,
  findBinaries: () => Binaries,
  settings: ServerSettings,
  log: Log,
): Promise<RunningServer> {
  const begun = performance.now()
  let launch: Launch | undefined
  for (;;) {
    const client = await tryConnect(place)
    if (client) return { client, started: launch !== undefined && launch.child.pid === serverPid(place.data) }
    const elapsed = performance.now() - begun
    if (launch && hasEnded(launch)) {
      refuseUnlessPassing(launch, elapsed)
      launch = undefined
      await sleep(RETRY_EVERY)
    } else if (!launch && serverPid(place.data) === undefined) {
      launch = start(place, findBinaries(), settings)
      log.debug({ pid: launch.child.pid, data: place.data }, 'embedded PostgreSQL starting')
    }
    if (elapsed > RECOVER_FOR) throw new AppError('ERR_DB_EMBEDDED_START', { facts: { waited: elapsed } })
    await sleep(LOOK_EVERY)
  }
}

interface Launch {
  readonly child: ChildProcess
  readonly output: ServerLog
  failure?: Error
}

function start(place: Place, { postgres }: Binaries, settings: ServerSettings): Launch {
  removeMisleadingLock(place.data)
  makeSocketFolder(place)
  const output = openServerLog(place.logFile)
  const all = { ...SETTINGS, ...settings, unix_socket_directories: place.sockets }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgres, ['-D', place.data, ...options], {
    ...place.account,
    cwd: '/',
    env: serverEnvironment,
    detached: true, // Ctrl-C in the terminal is for us: we end it when our own work is done
    stdio: ['ignore', output.file, output.file],
  })
  const launch: Launch = { child, output }
  child.on('error', (error) => {
    launch.failure = error
  })
  child.unref()
  output.close()
  return launch
}

const hasEnded = ({ child, failure }: Launch): boolean => failure !== undefined || child.exitCode !== null || child.signalCode !== null

/** Losing the race against another start, or against the last children of a killed server, is worth another try; anything else stands. */
function refuseUnlessPassing({ output, failure }: Launch, elapsed: Milliseconds): void {
  if (failure) throw new AppError('ERR_DB_EMBEDDED_UNAVAILABLE', { cause: failure })
  const said = output.newest()
  if (elapsed < RETRY_FOR && /lock file|shared memory|Address already in use/.test(said)) return
  throw new AppError('ERR_DB_EMBEDDED_START', { facts: { log: said } })
}
