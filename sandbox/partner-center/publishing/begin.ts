/** Submissions: a draft becomes the preview, the preview becomes live. One at a time, and each takes its time. */
import type { Context } from '../context.ts'
import type { Identified } from '../drafts/identify.ts'
import { errorsOf, failure } from '../faults.ts'
import { guidOf } from '../ids.ts'
import { missingToPublish } from '../rules/index.ts'
import { latestPreview, putSubmission, runningSubmission, type Underway, updateJob, updateProduct } from '../state.ts'
import type { Cause, Product, Submission, Tree } from '../types.ts'
import { deprecate } from './deprecate.ts'
import { finishSubmission } from './finish.ts'
import { modularContent } from './modular.ts'
import { differences } from './trees.ts'

/** Numbers as the service gives them: eighteen digits and more. */
const FIRST_NUMBER = 1_152_921_505_698_800_000n

export type Begun = 'underway' | 'done' | readonly Cause[]

/** @param others what came in the same request: publishing is then limited to them. */
export function beginSubmission(context: Context, jobId: string, { resource, given }: Identified, others: readonly Identified[]): Begun {
  const { state } = context
  const product = state.products.get(guidOf(String(resource.body['product'])))
  if (!product) return failure('notFound', { code: 'resourceNotFound', message: 'The product was not found.' })
  const { target, number } = { target: targetOf(resource.body), number: resource.id.split('/')[2] ?? '0' }
  if (target !== 'preview' && target !== 'live') return refuse(resource.id, `The target ${target} is not supported.`, 'notSupported')
  if (resource.body['lifecycleState'] === 'deprecated') return deprecate(context, product, { number, id: given.id })
  if (runningSubmission(product)) return refuse(resource.id, 'An In Progress submission already exists', 'invalidState', 'conflict')
  return target === 'preview' ? beginPreview(context, jobId, product, others) : beginLive(context, jobId, product, { number, others })
}

function beginPreview(context: Context, jobId: string, product: Product, others: readonly Identified[]): Begun {
  const content = others.length === 0 ? product.draft : modularContent(product, others)
  if (Array.isArray(content)) return errorsOf(content)
  const tree: Tree = content instanceof Map ? content : product.draft
  const missing = missingToPublish(tree, product.guid)
  if (missing.length > 0)
    return errorsOf(missing.map((finding) => ({ ...finding, given: undefined, code: finding.code ?? 'businessValidationError' })))
  context.state.submissions += 1
  updateProduct(context.state, product.guid, { previewed: product.draft })
  return set(context, product.guid, { jobId, content: tree, submission: fresh(context, 'preview', numberOf(context)) })
}

function beginLive(
  context: Context,
  jobId: string,
  product: Product,
  { number, others }: { readonly number: string; readonly others: readonly Identified[] },
): Begun {
  const id = `submission/${product.guid}/${number}`
  const latest = latestPreview(product)
  if (others.length > 0) return refuse(id, 'A submission to live cannot contain other resources.')
  if (number === '0' || !latest || !product.preview)
    return refuse(id, 'A submission to live needs the id of a succeeded preview submission.')
  if (latest.number !== number || isOlder(context, product)) return refuse(id, 'The submission cannot be pushed to as its not the latest')
  if (latest.result !== 'succeeded') return refuse(id, 'The submission has not succeeded in preview.')
  return set(context, product.guid, { jobId, content: product.preview, submission: fresh(context, 'live', number) })
}

const isOlder = ({ state }: Context, { draft, previewed }: Product): boolean =>
  state.options.liveOfOlderPreview === 'refused' && previewed !== undefined && differences(draft, previewed).length > 0

function set(context: Context, guid: string, underway: Underway): Begun {
  const { state, timers } = context
  const { submissionStartsAfter, certification, previewTakes, liveTakes } = state.options
  const { submission, jobId } = underway
  const takes = submission.target === 'preview' ? previewTakes : liveTakes
  putSubmission(state, guid, submission)
  state.underway.set(guid, underway)
  updateJob(state, jobId, { submission: { guid, number: submission.number } })
  const isStill = (): boolean => state.underway.get(guid)?.jobId === jobId
  timers.after(submissionStartsAfter, () => isStill() && putSubmission(state, guid, { ...submission, status: 'running' }))
  if (certification !== 'manual')
    timers.after(submissionStartsAfter + takes, () => isStill() && finishSubmission(context, guid, certification === 'pass'))
  return 'underway'
}

/** What its job no longer wants. */
export function cancelSubmission({ state }: Context, guid: string): void {
  const underway = state.underway.get(guid)
  if (!underway) return
  state.underway.delete(guid)
  putSubmission(state, guid, { ...underway.submission, status: 'completed', result: 'failed' })
}

const fresh = ({ clock }: Context, target: 'preview' | 'live', number: string): Submission => ({
  ...{ number, target, status: 'notStarted', result: 'pending', created: clock.now(), lifecycleState: 'generallyAvailable' },
})

const numberOf = ({ state }: Context): string => String(FIRST_NUMBER + BigInt(state.submissions) * 17n)

const refuse = (id: string, message: string, code = 'invalidState', outer = 'badRequest'): readonly Cause[] =>
  failure(outer, { code, message }, id)

function targetOf(body: Readonly<Record<string, unknown>>): string {
  const target = body['target']
  return typeof target === 'object' && target !== null && 'targetType' in target ? String(target.targetType) : ''
}
