/**
 * PostgreSQL beside the process, for installations that bring none: real PostgreSQL from a platform package, its data in a folder, reachable
 * by a Unix socket only. It outlives a killed process, and is found again by the next.
 */
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../../kit/log.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { makePlace, type Place } from './place.ts'
import { enter, leave } from './presence.ts'
import { hasLock, serverPid } from './process.ts'
import { ensureRunning, type RunningServer, type ServerSettings, serverUrl } from './server.ts'

export interface EmbeddedOptions {
  /** The server's data goes to `postgres` in it, its log to `postgres.log`. Made when missing. */
  readonly dataDir: string
  readonly log: Log
  /** PostgreSQL settings on top of ours. `fsync: 'off'` gives up durability: for tests only. */
  readonly settings?: ServerSettings
}

export interface Embedded {
  readonly url: string
  /** True when the server was running already: left by a killed process, or used by another one. */
  readonly adopted: boolean
  /** Ends the server (fast shutdown) when no other process uses it any more. Close the pool before. Safe to call twice. */
  stop(): Promise<void>
  /** Goes without ending the server, whoever else is there. */
  leave(): Promise<void>
}

/** One try is enough but for a server that is just being ended by another process. */
const TRIES = 20
const SHUTDOWN_WITHIN: Milliseconds = seconds(30)

/**
 * Starts the server for this data folder, or adopts the one that runs.
 * @throws AppError `ERR_DB_EMBEDDED_UNAVAILABLE` (no programs for this machine), `ERR_DB_EMBEDDED_START` (with the end of its log in `facts`).
 */
export async function startEmbedded({ dataDir, log, settings = {} }: EmbeddedOptions): Promise<Embedded> {
  const place = makePlace(dataDir)
  const server = await come(place, settings, log)
  log.info({ adopted: !server.started, data: place.data }, 'embedded PostgreSQL ready')
  let stopping: Promise<void> | undefined
  return {
    url: serverUrl(place),
    adopted: !server.started,
    stop: () => {
      stopping ??= stop(server.client, place, log)
      return stopping
    },
    leave: () => server.client.end(),
  }
}

async function come(place: Place, settings: ServerSettings, log: Log): Promise<RunningServer> {
  const binaries = () => findBinaries(place.account, dirname(place.data))
  for (let attempt = 1; ; attempt++) {
    if (serverPid(place.data) === undefined) await ensureCluster(place, binaries, settings['fsync'] === 'off')
    const server = await ensureRunning(place, binaries, settings, log)
    try {
      await enter(server.client)
      return server
    } catch (error) {
      if (attempt === TRIES) throw error
      await sleep(50)
    }
  }
}

async function stop(client: pg.Client, place: Place, log: Log): Promise<void> {
  const last = await leave(client).catch(() => false) // the server went away before us
  if (last) await shutDown(place, log)
  await client.end().catch(() => {})
}

async function shutDown(place: Place, log: Log): Promise<void> {
  const pid = serverPid(place.data)
  if (pid === undefined) return
  process.kill(pid, 'SIGINT')
  const begun = performance.now()
  while (hasLock(place.data) && serverPid(place.data) === pid) {
    if (performance.now() - begun > SHUTDOWN_WITHIN) {
      log.warn({ pid }, 'embedded PostgreSQL is still shutting down; it ends by itself')
      return
    }
    await sleep(10)
  }
  log.info('embedded PostgreSQL stopped')
}
