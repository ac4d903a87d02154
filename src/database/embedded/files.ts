/** The server's log and the folder of its socket. */
import { chownSync, closeSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { AppError } from '../../kit/errors/index.ts'
import type { Place } from './place.ts'

const LONGEST_LOG = 5 * 1024 * 1024

export interface ServerLog {
  /** Open for appending. */
  readonly file: number
  /** What was written since it was opened, its last 2,000 characters. */
  newest(): string
  close(): void
}

export function openServerLog(path: string): ServerLog {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG) renameSync(path, `${path}.old`)
  const file = openSync(path, 'a', 0o640)
  const from = statSync(path).size
  return {
    file,
    newest: () => readFileSync(path).subarray(from).toString('utf8').slice(-2000),
    close: () => closeSync(file),
  }
}

/** A socket folder in /tmp must be ours: anybody could have made it before us. */
export function makeSocketFolder({ data, sockets, account }: Place): void {
  if (sockets === data) return
  const owner = account?.uid ?? process.getuid?.()
  try {
    mkdirSync(sockets, { mode: 0o700 })
    if (account) chownSync(sockets, account.uid, account.gid)
  } catch (cause) {
    const there = lstatSync(sockets, { throwIfNoEntry: false })
    if (there?.isDirectory() && there.uid === owner && (there.mode & 0o077) === 0) return
    throw new AppError('ERR_DB_EMBEDDED_START', { cause, facts: { folder: sockets } })
  }
}
