/** A timeline entry as a sentence a support person can read, with the facts woven in; ids that belong into a support case follow it. */
import type { TimelineEntry, TimelineWord } from '../timeline.ts'
import { actionTellers } from './actions.ts'
import { attentionTellers } from './attention.ts'
import { type Facts, readFacts } from './facts.ts'
import { noticeTellers } from './notices.ts'
import { stateTellers } from './states.ts'
import { stepTellers } from './steps.ts'
import { usageTellers } from './usage.ts'

const tellers: Readonly<Record<TimelineWord, (facts: Facts) => string>> = {
  ...stateTellers,
  ...stepTellers,
  ...noticeTellers,
  ...actionTellers,
  ...attentionTellers,
  ...usageTellers,
}

export interface Told {
  readonly sentence: string
  /** What the sentence does not say: ids of both sides. */
  readonly details: readonly (readonly [name: string, value: string])[]
}

export function tell({ event, facts }: Pick<TimelineEntry, 'event' | 'facts'>): Told {
  const reader = readFacts(facts)
  const sentence = `${tellers[event](reader)}.`
  const rest = new Map(reader.rest())
  const known = ORDER.flatMap(([name, words]) => (rest.has(name) ? [[words, rest.get(name) ?? ''] as const] : []))
  const others = [...rest].filter(([name]) => !ORDER.some(([one]) => one === name))
  return { sentence, details: [...known, ...others] }
}

/** What a support case asks for comes first. */
const ORDER: readonly (readonly [name: string, words: string])[] = [
  ['requestId', 'Microsoft request'],
  ['correlationId', 'correlation'],
  ['activityId', 'Microsoft activity'],
  ['operation', 'operation'],
  ['request', 'Connect request'],
  ['asset', 'Connect asset'],
  ['link', 'see'],
  ['notice', 'notice'],
  ['item', 'item'],
  ['id', 'action'],
]
