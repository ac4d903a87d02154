/** Where the embedded server keeps its things. */
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Account, canReach, serverAccount } from './account.ts'

export interface Place {
  /** PostgreSQL's own folder (PGDATA). Readable by its account only; holds the socket unless its path is too long for one. */
  readonly data: string
  /** Folder of the Unix socket, 0700. */
  readonly sockets: string
  readonly logFile: string
  readonly account: Account | undefined
}

const OUT_OF_HOME = '/var/lib/marketplace-bridge'
/** `sun_path` holds 104 bytes on macOS, 108 on Linux, and the lock file's name is longer than the socket's. */
const LONGEST_SOCKET_FOLDER = 80

/** Finds or makes the place under `dataDir`. As root with `dataDir` in a closed home, the data is kept below /var/lib, with a link from `dataDir`. */
export function makePlace(dataDir: string): Place {
  const home = resolve(dataDir)
  mkdirSync(home, { recursive: true })
  const data = dataFolder(join(realpathSync(home), 'postgres'))
  const account = serverAccount(data)
  return { data, sockets: socketFolder(data), logFile: `${data}.log`, account }
}

function dataFolder(wanted: string): string {
  const there = lstatSync(wanted, { throwIfNoEntry: false })
  if (there?.isSymbolicLink()) return readlinkSync(wanted)
  if (there || canReach(wanted, serverAccount(wanted))) return wanted
  const outside = join(OUT_OF_HOME, shortHash(wanted), 'postgres')
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 })
  link(outside, wanted)
  return outside
}

function link(target: string, path: string): void {
  try {
    symlinkSync(target, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error // another first start was quicker
  }
}

function socketFolder(data: string): string {
  if (Buffer.byteLength(data) <= LONGEST_SOCKET_FOLDER) return data
  return `/tmp/marketplace-bridge-${shortHash(data)}`
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
