/** The words hold together: what the Markdown pages link to is there, what they tell to run exists, and no package is without its reason. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { faultsOfCommand } from './helpers/known-commands.ts'

const ROOT = join(import.meta.dirname, '..')
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git'])

const pages = markdownBelow('.')
const packageJson = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(text('package.json')))

test('every relative link and picture of the Markdown pages leads to a file, and every anchor to a heading', () => {
  const broken = pages.flatMap((page) => linksOf(page).flatMap((link) => (leadsSomewhere(page, link) ? [] : [`${page}: ${link}`])))
  expect(pages.length).toBeGreaterThan(20)
  expect(broken).toEqual([])
})

test('every npm script the pages name exists', () => {
  const named = pages.flatMap((page) => [...text(page).matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)])
  const missing = named.flatMap(([whole, script, short]) => ((script ?? short ?? '') in packageJson.scripts ? [] : [whole]))
  expect(named.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

test('every command of the bridge the pages name exists, with the options they give it', () => {
  const named = pages.flatMap((page) => commandsIn(page).map((command) => [page, command] as const))
  expect(named.length).toBeGreaterThan(60)
  expect(named.flatMap(([page, command]) => faultsOfCommand(command).map((fault) => `${page}: bridge ${command}: ${fault}`))).toEqual([])
})

test('every package has its reason in the table of dependencies, and none that is gone', () => {
  const { dependencies, optionalDependencies, devDependencies } = packageJson
  const used = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies })
  const explained = text('docs/decisions/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
  expect(explained.toSorted()).toEqual(used.toSorted())
})

test('every decision is in the index', () => {
  const records = pages.filter((page) => /^docs\/decisions\/(?!README)/.test(page))
  const listed = new Set(linksOf('docs/decisions/README.md').map((link) => join('docs/decisions', link)))
  expect(records.filter((record) => !listed.has(record))).toEqual([])
})

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : markdownBelow(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** Links to places in this repository: `[text](target)`, pictures included; code is left out. */
function linksOf(page: string): string[] {
  return [...withoutCode(text(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)))
  if (relative('.', file).startsWith('..') || !existsSync(join(ROOT, file))) return false
  return anchor === undefined || (statSync(join(ROOT, file)).isFile() && anchorsOf(file).has(anchor))
}

/** In code only: elsewhere "bridge" is a word. A line that goes on ends with a backslash. */
function commandsIn(page: string): readonly string[] {
  const code = [...text(page).matchAll(/^ *```\w*\n([\s\S]*?)^ *```|`([^`\n]+)`/gm)].map(([, block, inline]) => block ?? inline ?? '')
  return code
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => /^\s*(?:\$ )?(?:npm run bridge --|bridge) ([a-z].*)$/.exec(line)?.[1] ?? [])
}

/** As GitHub makes them: lower case, spaces as hyphens, punctuation dropped. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    [...text(page).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  )

const withoutCode = (markdown: string): string => markdown.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').replaceAll(/`[^`\n]*`/g, '')

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
