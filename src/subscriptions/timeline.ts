/** The timeline: what happened to a subscription, in order, people and machines. Nothing secret and no personal data in its facts. */
import type { Instant } from '../kit/time.ts'

export type Actor = 'buyer' | 'operator' | 'bridge' | 'microsoft' | 'vendor'

export interface TimelineEvent {
  readonly actor: Actor
  /** A stable word, e.g. `order.confirmed`; the sentence is made from it by `sentenceOf`. */
  readonly event: TimelineWord
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

export interface TimelineEntry extends TimelineEvent {
  readonly at: Instant
}

const sentences = {
  'purchase.discovered': 'The purchase was found at Microsoft',
  'purchase.landed': 'The buyer arrived on the landing page',
  'order.confirmed': 'The buyer confirmed the order',
  'microsoft.changed': 'Microsoft’s subscription changed',
  'microsoft.unreadable': 'Microsoft did not let us read the subscription',
  'connect.changed': 'The request or asset in Connect changed',
  'step.started': 'A step was started',
  'step.accepted': 'The step was accepted',
  'step.unknown': 'No answer came: whether the step took effect is seen by looking again',
  'step.notTaken': 'The step did not reach the other side',
  'step.refused': 'The step was refused',
  'step.nothingChanged': 'The step would have changed nothing',
  'notice.received': 'Microsoft told of a change',
  'notice.replayed': 'An operator had the notice looked at again',
  'notice.explained': 'What Microsoft told of is seen, or needs no waiting any more',
  'operation.accepted': 'The change was accepted at Microsoft',
  'operation.refused': 'The change was refused at Microsoft',
  'operation.notTaken': 'Microsoft did not take our answer: what it did is seen by looking',
  'operation.overruled': 'Microsoft did otherwise than we answered',
  'operation.observed': 'The operation at Microsoft needs no answer of ours',
  'microsoft.renewed': 'A new term began',
  'attention.raised': 'Attention was asked for',
  'attention.changed': 'What asks for attention has changed',
  'attention.returned': 'Attention is asked for again',
  'attention.sleepsOn': 'The cause for attention is back within its snooze',
  'attention.resolved': 'The cause for attention is gone',
  'attention.acknowledged': 'An operator acknowledged what asks for attention',
  'attention.snoozed': 'An operator put what asks for attention off',
  'attention.acted': 'An operator did something about what asks for attention',
} as const

export type TimelineWord = keyof typeof sentences

export const isTimelineWord = (word: string): word is TimelineWord => Object.hasOwn(sentences, word)

export const sentenceOf = (word: TimelineWord): string => sentences[word]
