/** What operators decide about usage, in words: which of it, who, and what they noted. */
import type { Facts } from './facts.ts'

const DECISIONS: Readonly<Record<string, string>> = {
  billLater: 'had what Microsoft had not billed go into the next hour',
  writeOff: 'wrote usage off',
  sendAgain: 'had usage sent to Microsoft again',
  release: 'let held usage go into the next hour',
  drop: 'dropped held usage',
}

const who = (facts: Facts): string => facts.get('by') ?? 'An operator'
const said = (facts: Facts): string => facts.with('note', (note) => `, saying: ${note}`)

function decided(facts: Facts): string {
  const decision = facts.get('decision') ?? ''
  return `${who(facts)} ${DECISIONS[decision] ?? `decided about usage (${decision})`}${facts.with('usage', (usage) => `: ${usage}`)}${said(facts)}`
}

export const usageTellers = {
  'usage.decided': decided,
  'usage.added': (facts: Facts) => `${who(facts)} added usage${facts.with('usage', (usage) => `: ${usage}`)}${said(facts)}`,
} as const
