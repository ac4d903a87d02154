/** Sends one request to Partner Center: stored before it leaves, once, and its answer stored after. */
import { inTransaction } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { ApiError, hasCode } from '../../kit/errors/index.ts'
import { seconds } from '../../kit/time.ts'
import { type IngestionResource, ingestionFindings, type MicrosoftIngestion, schemaOf } from '../../microsoft/index.ts'
import type { PublishingStep } from '../rules/publishing/next-step.ts'
import { type Explanation, explain } from '../rules/refusals/explain.ts'
import type { DesiredResource } from '../rules/resources/wanted.ts'
import type { PublishDeps } from './deps.ts'
import { bodiesMark } from './marks.ts'
import type { Observed } from './observe.ts'
import type { Publication, StoredRequest } from './record.ts'
import { type Seen, saveSeen, saveWritten } from './store.ts'
import { type Written, writtenOf } from './written-of.ts'

/** The client's own limit, and some more. */
export const LONGEST_REQUEST = seconds(70)

export async function act(
  deps: PublishDeps,
  api: MicrosoftIngestion,
  publication: Publication,
  observed: Observed,
  step: PublishingStep,
  lease: Lease,
): Promise<void> {
  const { clock, crashPoint } = deps
  const resources = resourcesOf(step, observed, api)
  const request: StoredRequest = {
    kind: step.step,
    state: 'unanswered',
    wanted: observed.marks.wanted,
    sent: step.step === 'write' ? observed.marks.sent : bodiesMark(resources),
    draft: observed.marks.draft,
    sentAt: clock.now(),
    reasons: [],
  }
  const writes = step.step === 'write'
  const written = writes ? writtenOf(resources, observed.desired) : []
  await store(
    deps,
    publication,
    lease,
    { request, ...(writes && sendsLeads(resources) && { leadMark: observed.wanted.leadMark }) },
    written,
  )
  crashPoint('offer.request.intended')
  await lease.assertTimeFor(LONGEST_REQUEST)
  const answered = await send(api, request, resources, observed.desired, lease.signal)
  crashPoint('offer.request.called')
  await store(deps, publication, lease, { request: answered }, [])
  crashPoint('offer.request.stored')
}

const store = (
  { db, clock }: PublishDeps,
  publication: Publication,
  lease: Lease,
  seen: Seen,
  written: readonly Written[],
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await saveSeen(tx, publication, seen)
    await saveWritten(tx, publication, written, clock.now())
  })

function resourcesOf(
  step: PublishingStep,
  { writing, audiences, trees, view }: Observed,
  { versions }: MicrosoftIngestion,
): readonly IngestionResource[] {
  if (step.step === 'write') return writing.resources
  if (step.step === 'updateAudiences') return audiences
  const $schema = schemaOf({ type: 'submission', version: versions.submission })
  const product = `product/${trees.productGuid}`
  if (step.step === 'submitPreview') return [{ $schema, product, target: { targetType: 'preview' } }]
  const live = { $schema, id: step.submission, product, target: { targetType: 'live' } }
  if (step.step === 'endSale') return [{ ...live, lifecycleState: 'deprecated' }]
  return view.sale?.ended ? [{ ...live, lifecycleState: 'generallyAvailable' }] : [live]
}

/** A refusal had no effect and says why; after an answer that was lost nobody knows. */
async function send(
  api: MicrosoftIngestion,
  request: StoredRequest,
  resources: readonly IngestionResource[],
  desired: readonly DesiredResource[],
  signal: AbortSignal,
): Promise<StoredRequest> {
  try {
    const { jobId, state, findings } = await api.configure(resources, 'offers', signal)
    return { ...request, state, jobId, reasons: [...explain(findings, desired)] }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.outcomeUnknown) return request
    if (hasCode(error, 'ERR_PARTNER_CENTER_REFUSED'))
      return { ...request, state: 'failed', reasons: [...explain(ingestionFindings(error), desired)] }
    if (hasCode(error, 'ERR_PARTNER_CENTER_LOCKED')) return { ...request, state: 'failed', reasons: [busy] }
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return { ...request, state: 'failed', reasons: [gone] }
    return { ...request, state: 'cancelled' } // it did not arrive: what the next look shows decides
  }
}

const busy: Explanation = {
  sentence: 'Offer: Partner Center is busy with the offer.',
  todo: 'Nothing: the bridge waits and tries again.',
  advice: 'wait',
  words: '',
}
const gone: Explanation = {
  sentence: 'Offer: something the bridge had just read is gone.',
  todo: 'Nothing: the bridge looks again.',
  advice: 'look',
  words: '',
}

const sendsLeads = (resources: readonly IngestionResource[]): boolean =>
  resources.some(({ $schema }) => $schema.includes('/schema/customer-leads/'))
