/** The server's process as PostgreSQL's own lock file tells of it. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const pidFile = (data: string): string => join(data, 'postmaster.pid')

/** The process id of the server that has this data folder open, or `undefined`. */
export function serverPid(data: string): number | undefined {
  const pid = recordedPid(data)
  return pid !== undefined && isAlive(pid) && isPostgres(pid) ? pid : undefined
}

/**
 * Takes away the lock file of a server that is gone, when its number now belongs to another program: PostgreSQL itself would take that for a server,
 * as happens when a container starts again with the same small numbers.
 */
export function removeMisleadingLock(data: string): void {
  const pid = recordedPid(data)
  if (pid !== undefined && isAlive(pid) && !isPostgres(pid)) rmSync(pidFile(data), { force: true })
}

export const hasLock = (data: string): boolean => recordedPid(data) !== undefined

function recordedPid(data: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile(data), 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Linux says what runs under a number, and whether it only waits to be buried; elsewhere it is believed. */
function isPostgres(pid: number): boolean {
  try {
    const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return name === 'postgres' && state !== 'Z' && state !== 'X'
  } catch {
    return true
  }
}
