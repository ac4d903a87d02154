/** Writes the generated pages of `docs/generated/`; with `--check` only says whether they are what the code says (exit 1 when not). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { attentionPage } from './docs/attention-page.ts'
import { catalogueProblemsPage } from './docs/catalogue-problems-page.ts'
import { checksPage } from './docs/checks-page.ts'
import { coveragePage } from './docs/coverage-page.ts'
import { errorsPage } from './docs/errors-page.ts'
import { nextStepPage } from './docs/next-step-page.ts'

const FOLDER = join(import.meta.dirname, '..', 'docs', 'generated')

export const generatedPages: Readonly<Record<string, () => string>> = {
  'errors.md': errorsPage,
  'attention.md': attentionPage,
  'checks.md': checksPage,
  'next-step.md': nextStepPage,
  'catalogue-problems.md': catalogueProblemsPage,
  'coverage.md': coveragePage,
}

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The names of pages that are not what the code says. */
export const stalePages = (): readonly string[] =>
  Object.entries(generatedPages).flatMap(([name, page]) => (read(join(FOLDER, name)) === page() ? [] : [name]))

function main(): void {
  if (process.argv.includes('--check')) {
    const stale = stalePages()
    if (stale.length === 0) return
    console.error(`Not what the code says: ${stale.join(', ')}. Run: npm run docs`)
    process.exitCode = 1
    return
  }
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, page] of Object.entries(generatedPages)) writeFileSync(join(FOLDER, name), page())
}

if (process.argv[1] === import.meta.filename) main()
