/** The coverage table has no empty cell, and what it names is there and runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { actionCells, type Cell, requestCells } from './cells.ts'
import { allNamed, collectCoverage } from './collect.ts'
import type { NamedTest } from './named.ts'
import { stops } from './stops.ts'

const coverage = collectCoverage()
const cells: readonly Cell[] = [...actionCells, ...requestCells]

describe('the coverage table', () => {
  test('has no empty cell', () => {
    expect(cells.filter((cell) => coverage.of(cell).length === 0 && coverage.excuse(cell) === undefined)).toEqual([])
  })

  test('excuses nothing that is covered, and names no cell there is not', () => {
    expect(cells.filter((cell) => coverage.of(cell).length > 0 && coverage.excuse(cell) !== undefined)).toEqual([])
    expect(coverage.unknown).toEqual([])
  })

  test('names a test for each point where the process may stop', () => {
    const named = stops.flatMap(({ points }) => points)
    expect(crashPoints().filter((point) => !named.includes(point))).toEqual([])
    expect(named.filter((point) => !crashPoints().includes(point))).toEqual([])
  })

  test.each(allNamed().map((one) => [`${one.file}: ${one.title}`, one] as const))('names a test that runs: %s', (_name, named) => {
    expect(runningTests(named)).toContain(named.title)
  })
})

/** As the code of subscriptions and of the work list names them. */
const crashPoints = (): readonly string[] =>
  ['src/subscriptions', 'src/database/work'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/crashPoint(?:[?][.])?[(]['`]([^'`]+)['`]/g)])
      .map(([, name = '']) => name.replace(/[$][{].*?[}]/, 'STEP')),
  )

const FACES = ['test', 'it']
const SILENT = ['skip', 'todo', 'fails', 'skipIf', 'runIf']

/** Titles of the tests of a file, those left out that are skipped, themselves or with what is around them. */
function runningTests({ file }: NamedTest): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [face = '', ...modes] = namesIn(node.expression)
      if ((FACES.includes(face) || face === 'describe') && modes.some((mode) => SILENT.includes(mode))) return
      const [title] = node.arguments
      if (FACES.includes(face) && title && ts.isStringLiteralLike(title)) titles.push(title.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/** `test.concurrent.each(…)` → test, concurrent, each. */
function namesIn(node: ts.Expression): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text]
  if (ts.isPropertyAccessExpression(node)) return [...namesIn(node.expression), node.name.text]
  if (ts.isCallExpression(node)) return namesIn(node.expression)
  return ts.isTaggedTemplateExpression(node) ? namesIn(node.tag) : []
}
