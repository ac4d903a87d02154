/** What stands for each cell: stories by their own word, the table of notices, named tests; or why it cannot be. */
import { readAbouts } from '../stories/engine/about.ts'
import { ACTIONS, type Cell, isCell } from './cells.ts'
import { cannotBe, type NamedTest, namedTests } from './named.ts'
import { noticeTable, type TriedState } from './notice-table.ts'
import { stops } from './stops.ts'

export type Cover = { readonly kind: 'story'; readonly name: string } | ({ readonly kind: 'test' } & NamedTest)

export interface Coverage {
  of(cell: Cell): readonly Cover[]
  /** Why it cannot be. */
  excuse(cell: Cell): string | undefined
  /** Cells a story names that there are not. */
  readonly unknown: readonly string[]
}

const TRIED = Object.keys(noticeTable) as readonly TriedState[]
const tableTest: NamedTest = { file: 'test/covered/notices.test.ts', title: '%s is kept, and nothing is done for its word alone' }

export function collectCoverage(): Coverage {
  const covers = new Map<Cell, Cover[]>()
  const unknown: string[] = []
  const add = (cell: Cell, cover: Cover) => covers.set(cell, [...(covers.get(cell) ?? []), cover])
  for (const { name, covers: named } of readAbouts()) {
    for (const cell of named) {
      if (isCell(cell)) add(cell, { kind: 'story', name })
      else unknown.push(`${name}: ${cell}`)
    }
  }
  for (const [cell, one] of namedTests) add(cell, { kind: 'test', ...one })
  for (const state of TRIED) for (const action of ACTIONS) add(`${action} while ${state}`, { kind: 'test', ...tableTest })
  return { of: (cell) => covers.get(cell) ?? [], excuse: (cell) => cannotBe[cell], unknown }
}

/** Every test that is named anywhere. */
export const allNamed = (): readonly NamedTest[] => [tableTest, ...namedTests.map(([, one]) => one), ...stops.flatMap(({ tests }) => tests)]
