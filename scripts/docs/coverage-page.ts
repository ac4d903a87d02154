/** Which test stands for what Microsoft may tell in which state, and for how a request at Connect may go. */
import { ACTIONS, type Cell, ORDERED, OUTCOMES, STATES } from '../../test/covered/cells.ts'
import { type Cover, collectCoverage } from '../../test/covered/collect.ts'
import type { NamedTest } from '../../test/covered/named.ts'
import { stops } from '../../test/covered/stops.ts'
import { page, table } from './page.ts'

export function coveragePage(): string {
  const coverage = collectCoverage()
  const cell = (of: Cell): string => coverage.of(of).map(link).join(', ') || `cannot be: ${coverage.excuse(of) ?? 'EMPTY'}`
  return page(
    'What is tested',
    'Stories are played as written in `test/stories/`; other tests are named by their file. A cell that cannot be says why.',
    '## Microsoft’s action × the state of the subscription',
    'NeverSeen: the notice is the first the bridge hears of it. NotOurs: the offer is not set up here. NotStarted is documented and not sent; Unknown stands for what may be added.',
    table(
      ['Action', ...STATES],
      ACTIONS.map((action) => [action, ...STATES.map((state) => cell(`${action} while ${state}`))]),
    ),
    '## Request at Connect × how it goes',
    table(
      ['How it goes', ...ORDERED],
      OUTCOMES.map((outcome) => [outcome, ...ORDERED.map((type) => cell(`${type} is ${outcome}`))]),
    ),
    '## The process stops × what is under way',
    'At each of these points the process is stopped and started again, and the end is the same.',
    table(
      ['What is under way', 'Where it stops', 'Tests'],
      stops.map(({ underWay, points, tests }) => [underWay, points.map((point) => `\`${point}\``).join(', '), linksTo(tests)]),
    ),
  )
}

const linksTo = (tests: readonly NamedTest[]): string => [...new Set(tests.map((one) => link({ kind: 'test', ...one })))].join(', ')

function link(cover: Cover): string {
  if (cover.kind === 'story') return `[story ${cover.name.slice(0, 2)}](../../test/stories/${cover.name}/story.yaml)`
  return `[${cover.file.replace(/^.*\//, '').replace('.test.ts', '')}](../../${cover.file})`
}
