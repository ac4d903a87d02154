/** The preflight's report on a terminal: by the four steps, each finding with its result, its reason and what to do next. */
import { type Examined, type Result, results, type Step, steps } from '../preflight/index.ts'
import { plain } from './table.ts'
import { wrapped } from './wrap.ts'

/** @param columns of the terminal; without it no line is broken */
export function reportLines(examined: readonly Examined[], columns?: number): readonly string[] {
  const [whole, ...more] = [...new Map(examined.map((one) => [aboutOf(one), one])).keys()]
  const abouts = whole === undefined ? [] : [whole, ...more]
  return [...([1, 2, 3, 4] as const).flatMap((step) => stepLines(examined, step, abouts)), ...endLines(examined)]
    .map(({ text, indent }) => ({ text: plain(text), indent }))
    .flatMap(({ text, indent }) => wrapped(text, columns, indent))
}

/** What goes on in the next line begins so far to the right. */
interface Line {
  readonly text: string
  readonly indent: number
}

function stepLines(examined: readonly Examined[], step: Step, abouts: readonly string[]): readonly Line[] {
  const here = examined.filter((one) => one.step === step)
  if (here.length === 0) return []
  const lines = abouts.flatMap((about) => {
    const those = together(here.filter((one) => aboutOf(one) === about))
    return those.length === 0 ? [] : [{ text: `  ${about}`, indent: 4 }, ...those.flatMap(findingLines)]
  })
  return [{ text: `${step}. ${steps[step]}`, indent: 3 }, ...lines, { text: '', indent: 0 }]
}

type Told = Pick<Examined, 'result' | 'sentence' | 'todo'> & { readonly codes: readonly string[] }

/** Checks that say the same say it once. */
function together(examined: readonly Examined[]): readonly Told[] {
  const told = new Map<string, Told>()
  for (const { code, result, sentence, todo } of examined) {
    const key = JSON.stringify([result, sentence, todo])
    const codes = [...(told.get(key)?.codes ?? []), code]
    told.set(key, { codes, result, sentence, ...(todo === undefined ? {} : { todo }) })
  }
  return [...told.values()]
}

const WORD_WIDTH = Math.max(...results.map((result) => result.length))
const INDENT = 4 + 2 + WORD_WIDTH + 2

const findingLines = ({ codes, result, sentence, todo }: Told): readonly Line[] => [
  { text: `    ${MARKS[result]} ${result.padEnd(WORD_WIDTH)}  ${codes.join(', ')}: ${sentence}`, indent: INDENT },
  ...(todo === undefined ? [] : [{ text: `${' '.repeat(INDENT)}> ${todo}`, indent: INDENT + 2 }]),
]

const MARKS: Readonly<Record<Result, string>> = { passed: '+', warning: '!', failed: 'x', declared: '=', skipped: '-' }

/** How many of each, and once more by name what needs somebody: it may be pages above. */
function endLines(examined: readonly Examined[]): readonly Line[] {
  const of = (result: Result) => examined.filter((one) => one.result === result)
  const counts = results
    .filter((result) => of(result).length > 0)
    .map((result) => `${of(result).length} ${counted(result, of(result).length)}`)
  const named = (['failed', 'warning'] as const).flatMap((result) => {
    const codes = byAbout(of(result)).map(([about, those]) => `${those.join(', ')} (${about})`)
    return codes.length === 0 ? [] : [{ text: `${result === 'failed' ? 'Failed' : 'Warnings'}: ${codes.join('; ')}`, indent: 2 }]
  })
  return [{ text: counts.join(', '), indent: 2 }, ...named]
}

const counted = (result: Result, count: number): string => (result === 'warning' && count !== 1 ? 'warnings' : result)

function byAbout(examined: readonly Examined[]): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, string[]>()
  for (const one of examined) found.set(aboutOf(one), [...(found.get(aboutOf(one)) ?? []), one.code])
  return [...found]
}

function aboutOf({ tenantId, productId, name }: Examined): string {
  if (tenantId === undefined) return 'this installation'
  if (productId === undefined) return `tenant ${tenantId}`
  return `product ${productId}${name === undefined ? '' : ` (${name})`} of ${tenantId}`
}
