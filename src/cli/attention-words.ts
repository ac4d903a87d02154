/** An attention item on a terminal. */
import { between, type Instant } from '../kit/time.ts'
import type { ItemRecord, ItemView } from '../operator/index.ts'
import { inWords } from './duration.ts'
import { plain } from './table.ts'

/** One paragraph: what, why, facts, and what can be done. */
export const itemLines = (item: ItemView, now: Instant): readonly string[] => [
  `${item.code}, since ${time(item.since)} (${inWords(between(item.since, now))}): ${item.sentence}`,
  `  ${item.cause}`,
  ...factLines(item.facts),
  ...stateLines(item),
  '  What can be done:',
  ...item.actions.map(({ id, words, by }) => (by === 'bridge' ? `    ${words}  [--action ${id}]` : `    ${words}`)),
]

export const describeItem = (item: ItemRecord, now: Instant): readonly string[] => [
  `${item.id}  (tenant ${item.tenantId}, ${item.subject.kind} ${plain(item.subject.id)}${item.purchase === 'test' ? ', a TEST purchase' : ''})`,
  ...itemLines(item, now),
  '',
  'What happened to it',
  ...item.history.map(
    ({ at, event, by, note, facts }) =>
      `  ${time(at)}  ${event}${by === undefined ? '' : ` by ${plain(by)}`}${note === undefined ? '' : `: ${plain(note)}`}${inBrackets(facts)}`,
  ),
]

const factLines = (facts: ItemView['facts']): readonly string[] =>
  Object.entries(facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name}: ${valueInWords(value)}`)

const valueInWords = (value: ItemView['facts'][string]): string => plain(typeof value === 'object' ? value.join('; ') : String(value))

const inBrackets = (facts: ItemView['facts']): string => {
  const words = Object.entries(facts).filter(([, value]) => value !== '')
  return words.length === 0 ? '' : ` (${words.map(([name, value]) => `${name} ${valueInWords(value)}`).join(', ')})`
}

function stateLines({ state, stateSince, by, note, snoozedUntil, resolution }: ItemView): readonly string[] {
  if (state === 'open') return []
  const until = state === 'snoozed' && snoozedUntil ? ` until ${time(snoozedUntil)}` : ''
  const how = resolution === null ? '' : resolution === 'gone' ? ': the cause is gone' : `: ${resolution}`
  return [
    `  ${state}${until}${how}, ${by === null ? '' : `by ${plain(by)}, `}${time(stateSince)}${note === null ? '' : `: ${plain(note)}`}`,
  ]
}

export const time = (at: Instant): string => at.toISOString().replace('T', ' ').slice(0, 19)
