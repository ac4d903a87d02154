/** Compiles `src/`, `sandbox/` and `migrations/` to `dist/`, and remembers from what. */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { writeStamp } from './stamp.mjs'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
writeStamp()
