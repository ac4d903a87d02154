/** What trying a credential showed, on a terminal. */
import type { ProbeOutcome } from '../tenants/index.ts'
import { plain } from './table.ts'

export function probeLines(probe: ProbeOutcome): readonly string[] {
  if (probe.result !== 'good') return [`${WORDS[probe.result]} ${probe.reason} (${probe.code})`, probe.todo].map(plain)
  return [
    'Tried: it is good.',
    ...Object.entries(probe.facts).map(([name, value]) => `  ${name}: ${typeof value === 'string' ? value : value.join(', ') || 'none'}`),
    ...probe.notes.map((note) => `  note: ${note}`),
  ].map(plain)
}

const WORDS = { refused: 'Tried: it is not good.', unclear: 'Tried without an answer, which says nothing about it.' } as const
