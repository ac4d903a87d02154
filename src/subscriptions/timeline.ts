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
  'operation.notThere': 'Microsoft has no such operation to answer: what is true is seen by looking',
  'operation.overruled': 'Microsoft did otherwise than we answered',
  'operation.observed': 'The operation at Microsoft needs no answer of ours',
  'action.asked': 'A change at Microsoft was asked for',
  'action.sent': 'Microsoft was asked for the change',
  'action.taken': 'Microsoft took the change and works on it',
  'action.locked': 'Another operation at Microsoft is in the way: it is tried again',
  'action.notTaken': 'The change did not reach Microsoft: it is tried again',
  'action.unknown': 'No answer came: whether Microsoft took the change is seen by looking',
  'action.done': 'The change is in force at Microsoft',
  'action.failed': 'Microsoft did not complete the change',
  'action.refused': 'The change was not made',
  'action.unclear': 'What became of the change is not known',
  'microsoft.renewed': 'A new term began',
  'work.woken': 'An operator had it looked at',
  'retry.asked': 'An operator had it tried again',
  'attention.raised': 'Attention was asked for',
  'attention.changed': 'What asks for attention has changed',
  'attention.returned': 'Attention is asked for again',
  'attention.sleepsOn': 'The cause for attention is back within its snooze',
  'attention.resolved': 'The cause for attention is gone',
  'attention.acknowledged': 'An operator acknowledged what asks for attention',
  'attention.snoozed': 'An operator put what asks for attention off',
  'asset.matched': 'An operator matched it with an asset in Connect',
  'asset.unmatched': 'An operator took the match with an asset back',
  'usage.decided': 'An operator decided about usage',
  'usage.added': 'An operator added usage',
  'attention.acted': 'An operator did something about what asks for attention',
} as const

export type TimelineWord = keyof typeof sentences

export const isTimelineWord = (word: string): word is TimelineWord => Object.hasOwn(sentences, word)

export const sentenceOf = (word: TimelineWord): string => sentences[word]
