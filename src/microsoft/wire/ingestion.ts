/** Reads answers of the Product Ingestion API. Source: Partner Center docs, "Product Ingestion API" (2023), and its JSON Schemas of 2022-03-01. */
import { z } from 'zod'
import { configureJobId, offerId, partnerCenterProductId, planId } from '../../kit/ids.ts'
import { type IngestionResource, isResource } from '../ingestion/resource.ts'
import { listOf, openWords, optionalId, optionalInstant, optionalText, recordOrEmpty, textOrEmpty } from './primitives.ts'

/** Everything in it is kept. */
export const resource = z.json().transform((value, context): IngestionResource => {
  if (isResource(value)) return value
  context.addIssue({ code: 'custom', message: 'expected a resource' })
  return z.NEVER
})

/** The rows stay unread: one that cannot be read must not hide the others. */
export const ingestionPage = recordOrEmpty.pipe(z.object({ value: listOf(z.unknown()), '@nextLink': optionalText }))

/** The last segment of `product/<guid>`. */
const productOfDurableId = z
  .string()
  .transform((id) => id.replace(/^product\//, ''))
  .pipe(partnerCenterProductId)

const identity = recordOrEmpty.pipe(z.object({ externalId: optionalText, externalID: optionalText }))
const externalIdOf = ({ externalId, externalID }: z.output<typeof identity>): string | undefined => externalId ?? externalID

export const product = z
  .object({ id: productOfDurableId, identity, alias: textOrEmpty, type: textOrEmpty, lifecycleState: optionalText })
  .transform(({ id, identity: named, ...rest }) => ({ productId: id, offerId: offerId.safeParse(externalIdOf(named)).data, ...rest }))

export const plan = z
  .object({ id: z.string(), identity, alias: textOrEmpty, lifecycleState: optionalText })
  .transform(({ id, identity: named, ...rest }) => ({ durableId: id, planId: planId.safeParse(externalIdOf(named)).data, ...rest }))

const targetWord = openWords(['draft', 'preview', 'live'])
const submissionStatus = openWords(['notStarted', 'running', 'completed'])
const submissionResult = openWords(['pending', 'succeeded', 'failed'])

export const submission = z
  .object({
    id: z.string(),
    target: recordOrEmpty.pipe(z.object({ targetType: textOrEmpty })),
    status: optionalText,
    result: optionalText,
    created: optionalInstant,
    lifecycleState: optionalText,
  })
  .transform(({ id, target, status, result, created, lifecycleState }) => ({
    durableId: id,
    target: targetWord(target.targetType),
    status: status === undefined ? undefined : submissionStatus(status),
    result: result === undefined ? undefined : submissionResult(result),
    createdAt: created,
    lifecycleState,
  }))

export const tree = z.object({ resources: listOf(z.unknown()) })

/** The docs write `jobID`, the wire `jobId`. */
export const jobReply = z
  .object({
    jobId: optionalId(configureJobId),
    jobID: optionalId(configureJobId),
    jobStatus: textOrEmpty,
    jobResult: textOrEmpty,
    jobStart: optionalInstant,
    jobEnd: optionalInstant,
    errors: z.unknown().optional(),
  })
  .transform(({ jobId, jobID, ...rest }, context) => {
    const id = jobId ?? jobID
    if (id !== undefined) return { ...rest, jobId: id }
    context.addIssue({ code: 'custom', path: ['jobId'], message: 'expected the id of the job' })
    return z.NEVER
  })
