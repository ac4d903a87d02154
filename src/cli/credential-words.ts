/** What trying a credential showed, on a terminal. */
import type { CredentialCheck, ProbeOutcome, Slot } from '../tenants/index.ts'
import { time } from './attention-words.ts'
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

/** Below the table of credentials: what is wrong, since when, and what could not be asked. */
export function checkLines({
  kind,
  slot,
  check,
}: {
  readonly kind: string
  readonly slot: Slot | 'installation'
  readonly check: CredentialCheck | undefined
}): readonly string[] {
  if (!check) return []
  const { result, code, reason, since, lastGoodAt, askedAt, unanswered, notes } = check
  const name = `${kind} ${slot}`
  return [
    ...(result === 'refused'
      ? [`${name}: ${reason} (${code}) Since ${time(since)}, last good ${lastGoodAt ? time(lastGoodAt) : 'never'}.`]
      : []),
    ...(unanswered === undefined ? [] : [`${name}: the last check had no answer (${unanswered}, ${time(askedAt)}).`]),
    ...notes.map((note) => `${name}: ${note}`),
  ]
}
