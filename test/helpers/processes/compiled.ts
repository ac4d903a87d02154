/** A program of these tests as one file of JavaScript: it starts in a quarter of the time it takes when each of its sources is compiled at each start. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { buildSync } from 'esbuild'

/** Below the packages, so that those it imports are found. */
const FOLDER = join(import.meta.dirname, '../../../node_modules/.cache/processes')

/** @returns the path of the compiled program; the same sources are the same file */
export function compiled(source: string): string {
  const { outputFiles } = buildSync({
    ...{ entryPoints: [source], write: false, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20' },
    sourcemap: 'inline',
  })
  const [output] = outputFiles
  if (!output) throw new TypeError('one source is one program')
  const path = join(FOLDER, `${createHash('sha256').update(output.contents).digest('hex')}.mjs`)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  const half = `${path}.${process.pid}-${threadId}` // others may be about the same
  writeFileSync(half, output.contents)
  renameSync(half, path)
  return path
}
