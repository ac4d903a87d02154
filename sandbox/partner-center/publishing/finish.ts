/** A submission is decided: what it held is published, or it failed for good. */
import type { Context } from '../context.ts'
import { putSubmission, updateJob, updateProduct } from '../state.ts'
import type { Cause } from '../types.ts'

/** @returns whether there was one. */
export function finishSubmission(context: Context, guid: string, passed: boolean): boolean {
  const { state, clock, market } = context
  const underway = state.underway.get(guid)
  if (!underway) return false
  const { submission, content, jobId } = underway
  state.underway.delete(guid)
  putSubmission(state, guid, { ...submission, status: 'completed', result: passed ? 'succeeded' : 'failed' })
  const ended = { status: 'completed', end: clock.now() } as const
  if (!passed) {
    updateJob(state, jobId, { ...ended, result: 'failed', errors: certificationFailure(`submission/${guid}/${submission.number}`) })
    return true
  }
  const product = updateProduct(state, guid, submission.target === 'preview' ? { preview: content } : { live: content })
  updateJob(state, jobId, { ...ended, result: 'succeeded', written: [`submission/${guid}/${submission.number}`] })
  market.published(product, submission.target)
  return true
}

/** Nothing more is told by the API: the report is in Partner Center. Observed in June 2026. */
const certificationFailure = (resourceId: string): readonly Cause[] => [
  {
    resourceId,
    code: 'internalServerError',
    message: 'Operation failed',
    details: [
      {
        code: 'invalidState',
        message: 'Certification',
        details: [{ code: 'invalidState', message: 'Issues found during Certification.' }],
      },
    ],
  },
]
