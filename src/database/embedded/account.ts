/** PostgreSQL refuses to run as root: which account the server gets, and whether that account can reach a path. */
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Account {
  readonly uid: number
  readonly gid: number
}

const ROOT = 0

/**
 * The account for the server's processes: the owner of the data when there is data, else `postgres`, else `nobody`.
 * `undefined`: we are not root, so the server runs as we do.
 */
export function serverAccount(data: string): Account | undefined {
  if (process.getuid?.() !== ROOT) return undefined
  return ownerOf(data) ?? accountNamed('postgres') ?? accountNamed('nobody') ?? { uid: 65534, gid: 65534 }
}

function ownerOf(path: string): Account | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && stat.uid !== ROOT ? { uid: stat.uid, gid: stat.gid } : undefined
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } : undefined // macOS writes nobody's id as -2
}

/** True when the account may enter every folder on the way to `path` (which must be absolute; its last part may be missing). */
export function canReach(path: string, account: Account | undefined): boolean {
  if (!account) return true
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!canEnter(folder, account)) return false
    if (folder === dirname(folder)) return true
  }
}

function canEnter(folder: string, { uid, gid }: Account): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (!stat) return true // made by us later, open to enter
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0
  return ((stat.mode >> shift) & 1) === 1
}
