/** Tells whether `dist/` was made from the sources as they are: by names, sizes and times of change, which is quick. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src', 'sandbox', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
const STAMP = join('dist', '.stamp')

function* files(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) {
    yield `${path} ${stat.size} ${Math.trunc(stat.mtimeMs)}`
    return
  }
  for (const name of readdirSync(path).sort()) yield* files(join(path, name))
}

const stamp = () => {
  const hash = createHash('sha256')
  for (const source of SOURCES) for (const line of files(source)) hash.update(`${line}\n`)
  return hash.digest('hex')
}

export const isFresh = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp()
export const writeStamp = () => writeFileSync(STAMP, stamp())
