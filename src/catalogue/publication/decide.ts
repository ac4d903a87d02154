/** The decision about an offer as it is told to people: what is next, the five steps with their times, what is in the way. */
import { between, hours, type Instant, isBefore } from '../../kit/time.ts'
import { nextPublishing, type Pace, type PublishingNext } from '../rules/publishing/next-step.ts'
import { pipelineOf } from '../rules/publishing/pipeline.ts'
import { partName } from '../rules/refusals/parts.ts'
import type { Gap } from '../rules/resources/write.ts'
import { bodiesMark } from './marks.ts'
import type { Observed } from './observe.ts'
import type { Publication, Standing } from './record.ts'

/** Beyond this, being busy is nothing that passes by itself. */
const LOCKED_TOO_LONG = hours(2)

/** The same request is not sent again after it succeeded: whoever changes it back would be fought forever. */
export function decide(
  { wantedAt }: Pick<Publication, 'wantedAt'>,
  { view, marks, audiences, request }: Observed,
  now: Instant,
  pace: Pace,
): PublishingNext {
  const askedAgain = request !== undefined && isBefore(request.sentAt, wantedAt)
  const next = nextPublishing(view, now, pace)
  const published = { submitPreview: undefined, goLive: undefined, endSale: undefined }
  const sameAgain = { ...published, write: marks.sent, updateAudiences: bodiesMark(audiences) }
  const repeats = next.kind === 'step' && request?.kind === next.step.step && request.state === 'succeeded'
  return repeats && request.sent === sameAgain[request.kind] && !askedAgain ? { kind: 'attention', why: 'unclear' } : next
}

export const isLockedTooLong = (lockedSince: Instant | undefined, now: Instant): boolean =>
  lockedSince !== undefined && between(lockedSince, now) > LOCKED_TOO_LONG

/** Since when Partner Center has been busy; undefined once it took something. */
export function lockedSinceOf({ lockedSince }: Publication, { request, view }: Observed, now: Instant): Instant | undefined {
  if (request?.state !== 'failed') return request?.state === 'unanswered' ? lockedSince : undefined
  return view.request?.advice === 'wait' ? (lockedSince ?? now) : undefined
}

export function standingOf(publication: Publication, observed: Observed, next: PublishingNext, now: Instant): Standing {
  const { standing: before } = publication
  const sinceOf = (same: boolean, since: Instant | undefined): Instant => (same && since ? since : now)
  const why = whyOf(next)
  return {
    steps: pipelineOf(observed.view, next).map(({ step, state }) => {
      const earlier = before?.steps.find((one) => one.step === step)
      return { step, state, since: sinceOf(earlier?.state === state, earlier?.since) }
    }),
    next: { kind: next.kind, why, since: sinceOf(before?.next.kind === next.kind && before.next.why === why, before?.next.since) },
    sentences: [...sentencesOf(observed, next)],
    toWrite: observed.view.toWrite,
    revision: publication.revision,
    content: observed.wanted.contentMark,
    seenAt: now,
  }
}

function whyOf(next: PublishingNext): string | undefined {
  switch (next.kind) {
    case 'step':
      return next.step.step
    case 'wait':
      return next.for
    case 'attention':
      return next.why
    case 'confirm':
    case 'settled':
      return undefined
  }
}

const WAITS = {
  answer: 'The answer to a request was lost: whether it arrived shows soon.',
  job: 'Partner Center works on what was sent.',
  preview: 'Microsoft reviews the offer and makes its preview.',
  live: 'Microsoft publishes the offer.',
  end: 'Microsoft takes the offer out of the store.',
  lock: 'Partner Center is busy with the offer; it is tried again.',
} as const

export function sentencesOf({ request, edits, writing, view }: Observed, next: PublishingNext): readonly string[] {
  if (next.kind === 'settled' && view.goal === 'ended') return ['Nobody can buy it any more. Subscriptions go on.']
  if (next.kind === 'wait') return [WAITS[next.for]]
  if (next.kind === 'confirm') return ['The preview stands. Somebody has to agree that buyers see it.']
  if (next.kind !== 'attention') return []
  switch (next.why) {
    case 'refused':
      return reasonsOf(request)
    case 'certification':
      return [...new Set(['Microsoft’s certification or publication failed.', ...reasonsOf(request)])]
    case 'edits':
      return edits.map(({ where, path, before, after }) =>
        `${[where, ...path].join(' › ')}: ${path.length === 0 && after === undefined ? 'removed' : `${before ?? 'nothing'} → ${after ?? 'nothing'}`}`.trim(),
      )
    case 'gaps':
      return writing.gaps.map(gapSentence)
    case 'unclear':
      return ['Partner Center shows something else than was sent and taken, or does not tell how it ended.']
  }
}

export const gapSentence = ({ resource, members }: Gap): string => `${partName(undefined, resource)}: ${members.join(', ')} is missing.`

const reasonsOf = (request: Observed['request']): readonly string[] =>
  (request?.reasons ?? []).map(({ sentence, todo }) => (todo === undefined ? sentence : `${sentence} ${todo}`))
