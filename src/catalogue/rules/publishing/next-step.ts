/**
 * What to do next so that an offer gets as far as asked: draft, preview, live, or out of the store. Pure; read from the top, the first that fits decides.
 * It decides from what Microsoft shows now, so a stopped process, a lost answer or a person at work in Partner Center change nothing.
 */
import { type Instant, isBefore, type Milliseconds, minutes, plus } from '../../../kit/time.ts'
import type { PublishingView } from './view.ts'

export type PublishingNext =
  | { readonly kind: 'step'; readonly step: PublishingStep }
  | { readonly kind: 'wait'; readonly for: 'answer' | 'job' | 'preview' | 'live' | 'lock' | 'end'; readonly until: Instant }
  /** A person has to say yes before buyers see it. */
  | { readonly kind: 'confirm'; readonly submission: string }
  | { readonly kind: 'settled' }
  | { readonly kind: 'attention'; readonly why: 'gaps' | 'edits' | 'refused' | 'certification' | 'unclear' }

export type PublishingStep =
  | { readonly step: 'write' }
  /** Buyers see it at once: only once somebody agreed to this content. */
  | { readonly step: 'updateAudiences' }
  | { readonly step: 'submitPreview' }
  | { readonly step: 'goLive'; readonly submission: string }
  | { readonly step: 'endSale'; readonly submission: string }

export interface Pace {
  /** Between looks at a job: Microsoft asks for a minute at least. */
  readonly job: Milliseconds
  /** Between looks at a publication, which takes hours to days. */
  readonly submission: Milliseconds
}

/** After a request without an answer: what arrived is visible by then. */
const VISIBLE_AFTER = minutes(2)
const LOCKED_FOR = minutes(5)
/** What was taken is shown by then. */
const SHOWS_WITHIN = minutes(60)

export function nextPublishing(view: PublishingView, now: Instant, pace: Pace): PublishingNext {
  return (
    whileUnderWay(view, now, pace) ?? afterRefusal(view, now) ?? (view.goal === 'ended' ? towardEnd(view, now, pace) : towardGoal(view))
  )
}

/** One thing at a time: Microsoft has one draft and one publication of an offer. */
function whileUnderWay({ request, preview, live }: PublishingView, now: Instant, pace: Pace): PublishingNext | undefined {
  const wait = (what: 'job' | 'preview' | 'live', length: Milliseconds): PublishingNext => ({
    kind: 'wait',
    for: what,
    until: plus(now, length),
  })
  if (live?.state === 'running') return wait('live', pace.submission)
  if (preview?.state === 'running') return wait('preview', pace.submission)
  if (request?.state === 'running') return wait('job', pace.job)
  if (request?.state === 'unanswered') {
    const visibleAt = plus(request.sentAt, VISIBLE_AFTER)
    if (isBefore(now, visibleAt)) return { kind: 'wait', for: 'answer', until: visibleAt }
  }
  return undefined
}

/** The same request would be refused again, unless something changed or it only came at a bad time. */
function afterRefusal({ request }: PublishingView, now: Instant): PublishingNext | undefined {
  if (request === undefined || request.outdated) return undefined
  if (request.state === 'unknown') return { kind: 'attention', why: 'unclear' }
  if (request.state !== 'failed') return undefined
  switch (request.advice) {
    case 'look':
      return undefined
    case 'wait': {
      const until = plus(request.sentAt, LOCKED_FOR)
      return isBefore(now, until) ? { kind: 'wait', for: 'lock', until } : undefined
    }
    case 'portal':
      return { kind: 'attention', why: 'certification' }
    case 'correct':
    case undefined:
      return { kind: 'attention', why: 'refused' }
  }
}

function towardGoal(view: PublishingView): PublishingNext {
  if (view.audiences > 0 && view.goal === 'live' && view.liveConfirmed) return { kind: 'step', step: { step: 'updateAudiences' } }
  if (view.toWrite > 0) return { kind: 'step', step: { step: 'write' } }
  if (view.goal === 'draft') return { kind: 'settled' }
  if (view.gaps > 0) return { kind: 'attention', why: 'gaps' }
  if (view.liveIsDraft && !view.sale?.ended) return { kind: 'settled' }
  if (view.preview?.state === 'succeeded' && view.previewIsDraft && !isOfEndedSale(view)) return fromPreview(view, view.preview.durableId)
  if (view.preview?.state === 'failed' && !view.preview.outdated) return { kind: 'attention', why: 'certification' }
  if (view.preview?.state === 'unknown' && !view.preview.outdated) return { kind: 'attention', why: 'unclear' }
  if (view.foreignEdits > 0 && !view.editsAccepted) return { kind: 'attention', why: 'edits' }
  return { kind: 'step', step: { step: 'submitPreview' } }
}

/** The sale of a whole offer ends on its live publication, at once and without another one. */
function towardEnd({ sale, request }: PublishingView, now: Instant, { job }: Pace): PublishingNext {
  if (sale === undefined || sale.ended) return { kind: 'settled' }
  const isTold = request?.kind === 'endSale' && request.state === 'succeeded' && !request.outdated
  if (!isTold) return { kind: 'step', step: { step: 'endSale', submission: sale.durableId } }
  const until = plus(request.sentAt, SHOWS_WITHIN)
  return isBefore(now, until) ? { kind: 'wait', for: 'end', until: plus(now, job) } : { kind: 'attention', why: 'unclear' }
}

/** What was taken out of the store comes back by a new preview. */
const isOfEndedSale = ({ preview, sale }: PublishingView): boolean => sale?.ended === true && preview?.durableId === sale.durableId

function fromPreview({ goal, live, liveConfirmed }: PublishingView, submission: string): PublishingNext {
  if (goal === 'preview') return { kind: 'settled' }
  if (live?.state === 'failed' && !live.outdated) return { kind: 'attention', why: 'certification' }
  return liveConfirmed ? { kind: 'step', step: { step: 'goLive', submission } } : { kind: 'confirm', submission }
}
