/** A look at an offer: what is wanted, what Partner Center shows, and what that means for the rules. Changes nothing. */
import { hasCode } from '../../kit/errors/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { IngestionResource, IngestionSubmission, MicrosoftIngestion } from '../../microsoft/index.ts'
import { type ForeignEdit, foreignEdits } from '../rules/diff/foreign-edits.ts'
import type { PublishingView, SubmissionView } from '../rules/publishing/view.ts'
import { explain } from '../rules/refusals/explain.ts'
import { audienceUpdates } from '../rules/resources/audiences.ts'
import { desiredResources } from '../rules/resources/desired.ts'
import { type OfferTree, offerTree } from '../rules/resources/tree.ts'
import type { DesiredResource } from '../rules/resources/wanted.ts'
import { type Writing, writingOf } from '../rules/resources/write.ts'
import { gravest } from './advice.ts'
import { bodiesMark, editsMark, treeMark, wantedMark } from './marks.ts'
import type { Publication, SeenSubmission, StoredRequest } from './record.ts'
import { readWritten } from './store.ts'
import { type Wanted, type WantedDeps, wantedOffer } from './wanted.ts'
import { writtenOf } from './written-of.ts'

export interface Trees {
  readonly productGuid: Publication['productGuid']
  readonly draft: OfferTree | undefined
  readonly preview: OfferTree | undefined
  readonly live: OfferTree | undefined
  readonly submissions: readonly IngestionSubmission[]
}

export interface Observed {
  readonly wanted: Wanted
  readonly desired: readonly DesiredResource[]
  readonly trees: Trees
  readonly writing: Writing
  /** Changes of private audiences that take no publication. */
  readonly audiences: readonly IngestionResource[]
  readonly edits: readonly ForeignEdit[]
  readonly marks: { readonly wanted: string; readonly draft: string; readonly sent: string; readonly edits: string }
  /** The last request as it is known now. */
  readonly request: StoredRequest | undefined
  readonly preview: SeenSubmission | undefined
  readonly live: SeenSubmission | undefined
  readonly view: PublishingView
}

/** Everything Partner Center shows of an offer. One that does not exist is shown as nothing. */
export async function readTrees(api: MicrosoftIngestion, offerId: Publication['offerId'], signal?: AbortSignal): Promise<Trees> {
  const product = await api.findProduct(offerId, signal)
  if (!product) return { productGuid: undefined, draft: undefined, preview: undefined, live: undefined, submissions: [] }
  const { productId } = product
  const [draft, preview, live, submissions] = await Promise.all([
    api.readTree(productId, 'draft', signal),
    api.readTree(productId, 'preview', signal),
    api.readTree(productId, 'live', signal),
    api.listSubmissions(productId, signal),
  ])
  const treeOf = (read: typeof draft) => read && offerTree(read.resources)
  return { productGuid: productId, draft: treeOf(draft), preview: treeOf(preview), live: treeOf(live), submissions }
}

/** @returns undefined for an offer whose content is not kept here (any more) */
export async function observe(
  deps: WantedDeps,
  api: MicrosoftIngestion,
  publication: Publication,
  now: Instant,
  signal?: AbortSignal,
): Promise<Observed | undefined> {
  const job = await jobOf(api, publication.request, signal)
  const trees = await readTrees(api, publication.offerId, signal) // after the job: what it made is in them once it has ended
  const wanted = await wantedOffer(deps, publication, publication.leadMark, now)
  if (!wanted) return undefined
  const { draft, preview, live } = trees
  const desired = desiredResources(wanted.wanted, live)
  const writing = writingOf(desired, draft, api.versions)
  const audiences = audienceUpdates(wanted.wanted, live, api.versions)
  const written = await readWritten(deps.db, publication)
  const edits = draft ? foreignEdits({ draft, published: preview ?? live, desired, written }) : []
  const marks = {
    wanted: wantedMark(wanted.open, wanted.leadMark),
    draft: treeMark(draft),
    sent: bodiesMark([...writtenOf(writing.resources, desired).map(({ body }) => body), wanted.leadMark ?? null]),
    edits: editsMark(edits),
  }
  const request = endOf(publication.request, job, desired)
  const seen = { preview: newest(trees, 'preview'), live: newest(trees, 'live') }
  const firstSeen = (target: 'preview' | 'live') =>
    seenAs(seen[target], publication[target], request?.kind === STEP_TO[target] ? request.draft : marks.draft, now)
  const found = {
    wanted,
    desired,
    trees,
    writing,
    audiences,
    edits,
    marks,
    request,
    preview: firstSeen('preview'),
    live: firstSeen('live'),
  }
  return { ...found, view: viewOf(publication, found, seen) }
}

type Job = Awaited<ReturnType<MicrosoftIngestion['jobStatus']>> | 'gone' | undefined

async function jobOf(api: MicrosoftIngestion, request: StoredRequest | undefined, signal: AbortSignal | undefined): Promise<Job> {
  if (request?.state !== 'running' || request.jobId === undefined) return undefined
  try {
    return await api.jobStatus(request.jobId, signal)
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return 'gone'
    throw error
  }
}

/** A job Microsoft does not tell of any more says nothing: the trees do. */
function endOf(request: StoredRequest | undefined, job: Job, desired: readonly DesiredResource[]): StoredRequest | undefined {
  if (request === undefined || job === undefined) return request
  if (job === 'gone') return { ...request, state: 'cancelled' }
  return { ...request, state: job.state, reasons: [...explain(job.findings, desired)] }
}

const newest = ({ submissions }: Pick<Trees, 'submissions'>, target: 'preview' | 'live'): IngestionSubmission | undefined =>
  submissions
    .filter((one) => one.target === target)
    .reduce<IngestionSubmission | undefined>((last, one) => (last && timeOf(last) > timeOf(one) ? last : one), undefined)

const timeOf = ({ createdAt }: IngestionSubmission): number => createdAt?.getTime() ?? 0

const STEP_TO = { preview: 'submitPreview', live: 'goLive' } as const

/** @param draft a publication was made of: of our own it is known; of others it is what was there when it was first seen. */
function seenAs(
  found: IngestionSubmission | undefined,
  before: SeenSubmission | undefined,
  draft: string,
  now: Instant,
): SeenSubmission | undefined {
  if (!found) return undefined
  if (before?.durableId === found.durableId) return before
  return { durableId: found.durableId, draft, firstSeenAt: now }
}

function viewOf(
  publication: Publication,
  { wanted, trees, writing, audiences, edits, marks, request, preview, live }: Omit<Observed, 'view'>,
  found: Readonly<Record<'preview' | 'live', IngestionSubmission | undefined>>,
): PublishingView {
  const { target, confirmed, acceptedEdits, wantedAt } = publication
  /** Whoever asked again wants it tried again. */
  const askedAgain = (since: Instant) => wantedAt.getTime() > since.getTime()
  const submission = (one: IngestionSubmission | undefined, seen: SeenSubmission | undefined): SubmissionView | undefined =>
    one &&
    seen && {
      durableId: one.durableId,
      state: stateOf(one),
      outdated: seen.draft !== marks.draft || askedAgain(seen.firstSeenAt),
    }
  return {
    goal: target,
    liveConfirmed: confirmed?.content === wanted.contentMark,
    editsAccepted: acceptedEdits === marks.edits,
    toWrite: writing.resources.length,
    audiences: audiences.length,
    gaps: writing.stage === 'create' ? 0 : writing.gaps.length,
    foreignEdits: edits.length,
    request: request && {
      kind: request.kind,
      state: request.state,
      sentAt: request.sentAt,
      advice: gravest(request.reasons),
      outdated: request.wanted !== marks.wanted || request.draft !== marks.draft || askedAgain(request.sentAt),
    },
    preview: submission(found.preview, preview),
    live: submission(found.live, live),
    sale: saleOf(trees),
    previewIsDraft: holdsDraft(trees.draft, trees.preview),
    liveIsDraft: holdsDraft(trees.draft, trees.live),
  }
}

/** Of the publications that came through, the newest is what buyers see. */
function saleOf({ submissions }: Trees): PublishingView['sale'] {
  const through = newest({ submissions: submissions.filter((one) => stateOf(one) === 'succeeded') }, 'live')
  return through && { durableId: through.durableId, ended: through.lifecycleState === 'deprecated' }
}

const holdsDraft = (draft: OfferTree | undefined, published: OfferTree | undefined): boolean =>
  draft !== undefined && published !== undefined && foreignEdits({ draft, published, desired: [], written: undefined }).length === 0

function stateOf({ status, result }: IngestionSubmission): SubmissionView['state'] {
  if (status === 'running' || status === 'notStarted') return 'running'
  if (status !== 'completed') return 'unknown'
  return result === 'succeeded' || result === 'failed' ? result : 'unknown'
}
