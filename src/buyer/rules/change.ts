/** What the pages tell of a change: who acts next and since when, or what became of it. Pure. */
import type { AttentionCode } from '../../attention/rules/catalogue.ts'
import { between, days, type Instant, minutes } from '../../kit/time.ts'
import type { SubscriptionRecord } from '../../subscriptions/record.ts'
import type { ActionReason } from '../../subscriptions/rules/manage/reasons.ts'
import type { Actor } from './actor.ts'
import { webAddress } from './web-address.ts'

/** Of what is asked for, as a page names it. */
export type ChangeWhat =
  | { readonly kind: 'seats'; readonly to: number }
  | { readonly kind: 'plan'; readonly to: string }
  | { readonly kind: 'cancel' }

/** The last thing a buyer or an operator asked for here. */
export interface AskedChange {
  readonly what: ChangeWhat
  readonly askedAt: Instant
  /** Microsoft has taken it and works on it. */
  readonly isAtMicrosoft: boolean
  readonly ended: { readonly at: Instant; readonly done: boolean; readonly reason: ActionReason | undefined } | undefined
}

export type ChangeNews =
  | { readonly kind: 'underWay'; readonly actor: Actor; readonly what: ChangeWhat | undefined; readonly since: Instant }
  /** The vendor wants to know something first. */
  | {
      readonly kind: 'question'
      readonly message: string | undefined
      readonly formUrl: string | undefined
      readonly since: Instant
    }
  /** Microsoft has it, the vendor did not make it: people look at it. */
  | { readonly kind: 'notByVendor'; readonly since: Instant }
  | { readonly kind: 'notMade'; readonly what: ChangeWhat; readonly reason: ActionReason | undefined; readonly at: Instant }
  | { readonly kind: 'made'; readonly what: ChangeWhat; readonly at: Instant }

const NOT_MADE_TOLD = days(7)
const MADE_TOLD = days(1)
/** So long after Microsoft's change the vendor has been asked; a change that needs nothing of the vendor is through by then. */
const PASSED_ON = minutes(2)

const VENDOR_SAID_NO: readonly AttentionCode[] = ['VENDOR_DID_NOT_CHANGE', 'STEP_REFUSED']

export function changeNews(record: SubscriptionRecord, asked: AskedChange | undefined, now: Instant): ChangeNews | undefined {
  if (asked && !asked.ended) return underWay(asked.isAtMicrosoft ? 'microsoft' : 'us', asked.what, asked.askedAt)
  return atTheVendor(record, asked) ?? (asked && told(record, asked, now))
}

const underWay = (actor: Actor, what: ChangeWhat | undefined, since: Instant): ChangeNews => ({ kind: 'underWay', actor, what, since })

function atTheVendor(
  { connect: { openRequest }, openAttention }: SubscriptionRecord,
  asked: AskedChange | undefined,
): ChangeNews | undefined {
  const ours = asked?.ended?.done ? asked.what : undefined
  if (openRequest?.type === 'change' && openRequest.status === 'inquiring') {
    const { message, paramsFormUrl, updatedAt } = openRequest
    return { kind: 'question', message, formUrl: webAddress(paramsFormUrl), since: updatedAt }
  }
  if (openRequest?.type === 'change') return underWay('vendor', ours, openRequest.createdAt)
  const refusal = openAttention.find(({ code }) => VENDOR_SAID_NO.includes(code))
  return refusal && { kind: 'notByVendor', since: refusal.since }
}

function told({ connect }: SubscriptionRecord, { what, askedAt, ended }: AskedChange, now: Instant): ChangeNews | undefined {
  if (!ended) return undefined
  const age = between(ended.at, now)
  if (!ended.done) return age < NOT_MADE_TOLD ? { kind: 'notMade', what, reason: ended.reason, at: ended.at } : undefined
  const { lastFinished } = connect
  const answered = lastFinished?.type === 'change' && between(askedAt, lastFinished.createdAt) >= 0
  if (answered) return age < MADE_TOLD ? { kind: 'made', what, at: lastFinished.updatedAt } : undefined
  return age < PASSED_ON ? underWay('us', what, ended.at) : undefined
}
