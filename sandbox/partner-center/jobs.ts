/** Jobs: what a configure request sets going. They take time on the sandbox's clock, and end with what they made or with errors. */
import { randomUUID } from 'node:crypto'
import { updateAudience } from './audiences.ts'
import type { Context } from './context.ts'
import type { Identified } from './drafts/identify.ts'
import { type Writing, writeDrafts } from './drafts/write.ts'
import { errorsOf, failure } from './faults.ts'
import { isPrivate, savePrivateOffers } from './private-offers/save.ts'
import { beginSubmission, cancelSubmission } from './publishing/begin.ts'
import { runningSubmission, updateJob } from './state.ts'
import type { Cause, Given, Job, Product } from './types.ts'

export function startJob(context: Context, given: readonly Given[]): Job {
  const { state, clock, timers } = context
  const { draftTakes, privateOfferTakes } = state.options
  const job: Job = {
    ...{ id: randomUUID(), status: 'running', result: 'pending', start: clock.now(), end: undefined },
    ...{ errors: [], written: [], submission: undefined, resourceUri: undefined },
  }
  state.jobs.set(job.id, job)
  const callOff = timers.after(given.some(isPrivate) ? privateOfferTakes : draftTakes, () => run(context, job.id, given))
  state.calls.set(job.id, callOff)
  return { ...job, status: 'notStarted' }
}

/** @returns the job as it is then, or nothing when it is too late. */
export function cancelJob(context: Context, job: Job): Job | undefined {
  const { state } = context
  if (job.status === 'completed') return undefined
  state.calls.get(job.id)?.()
  if (job.submission) cancelSubmission(context, job.submission.guid)
  return endJob(context, job.id, { result: 'cancelled' })
}

export const endJob = ({ state, clock }: Context, id: string, change: Pick<Job, 'result'> & Partial<Job>): Job =>
  updateJob(state, id, { status: 'completed', end: clock.now(), ...change })

function run(context: Context, id: string, given: readonly Given[]): void {
  const { state } = context
  state.calls.delete(id)
  if (given.some(isPrivate)) {
    const saved = savePrivateOffers(context, given)
    const resourceUri = `https://product-ingestion.mp.microsoft.com/configure/${id}`
    endJob(context, id, 'errors' in saved ? { result: 'failed', ...saved } : { result: 'succeeded', ...saved, resourceUri })
    return
  }
  const writing = writeDrafts(given, state)
  const errors = whyNotNow(context, writing) ?? (writing.faults.length > 0 ? errorsOf(writing.faults) : undefined)
  if (errors) return void fail(context, id, { errors, writing, given })
  commit(context, writing)
  finish(context, id, writing)
}

function finish(context: Context, id: string, writing: Writing): void {
  const written = writing.written.filter(({ resource }) => resource.type !== 'submission').map(({ resource }) => resource.id)
  updateJob(context.state, id, { written })
  const errors = writing.written.filter(isAudience).flatMap((update) => updateAudience(context, update))
  if (errors.length > 0) return void endJob(context, id, { result: 'failed', errors })
  const submission = writing.written.find(({ resource }) => resource.type === 'submission')
  if (!submission) return void endJob(context, id, { result: 'succeeded' })
  const begun = beginSubmission(
    context,
    id,
    submission,
    writing.written.filter((each) => each !== submission),
  )
  if (begun === 'done') endJob(context, id, { result: 'succeeded' })
  else if (begun !== 'underway') endJob(context, id, { result: 'failed', errors: begun })
}

interface Failed {
  readonly errors: readonly Cause[]
  readonly writing: Writing
  readonly given: readonly Given[]
}

/** Nothing is written, or what was faultless, as told. */
function fail(context: Context, id: string, { errors, writing, given }: Failed): void {
  const { state } = context
  if (state.options.partialWrites && writing.faults.length > 0) {
    const faulty = new Set(writing.faults.map((fault) => fault.given))
    const rest = writeDrafts(
      given.filter((each) => !faulty.has(each) && each.type !== 'submission'),
      state,
    )
    if (rest.faults.length === 0) commit(context, rest)
  }
  endJob(context, id, { result: 'failed', errors })
}

/** A product that is being saved or published by something else. */
function whyNotNow({ state }: Context, { drafts, written }: Writing): readonly Cause[] | undefined {
  const publishes = written.some(({ resource }) => resource.type === 'submission')
  for (const guid of drafts.keys()) {
    const product = state.products.get(guid)
    if (!product) continue
    if (isLocked(product, !publishes && state.options.draftWhilePublishing === 'locked'))
      return failure('locked', { code: 'productLocked', message: 'The product is locked by another operation.' }, `product/${guid}`)
  }
  return undefined
}

const isLocked = (product: Product, byPublishing: boolean): boolean =>
  product.locked || (byPublishing && runningSubmission(product) !== undefined)

function commit({ state }: Context, { drafts }: Writing): void {
  for (const [guid, draft] of drafts) {
    const before = state.products.get(guid)
    if (!draft) state.products.delete(guid)
    else state.products.set(guid, before ? { ...before, draft } : { ...freshProduct(guid), draft })
  }
}

export const freshProduct = (guid: string): Product => ({
  ...{ guid, draft: new Map(), preview: undefined, live: undefined, previewed: undefined },
  ...{ submissions: [], locked: false, editedByHand: undefined },
})

const isAudience = ({ resource }: Identified): boolean => resource.type === 'price-and-availability-update-private-audiences'
