/** How the service writes what it keeps. The oddities are the real one's: see where each is made. */
import { createHash } from 'node:crypto'
import { longTime } from '../marketplace/wire.ts'
import type { Context } from './context.ts'
import { FILE_HOST, masked } from './drafts/secrets.ts'
import { missingToPublish } from './rules/index.ts'
import type { Body, Cause, Job, Product, Resource, Submission, Target, Tree } from './types.ts'
import { schemaUri } from './versions.ts'

export const treeOf = (product: Product, target: Target): Tree | undefined =>
  target === 'draft' ? product.draft : target === 'preview' ? product.preview : product.live

/** @param ceiling the newest version the caller wants to see. */
export function wireResource({ state, bridgeUrl }: Context, { type, id, body }: Resource, ceiling: string | undefined): Body {
  state.reads += 1
  const shown = masked(body)
  const parts = type === 'listing-asset' ? freshLink(shown, id, state.reads) : isTechnical(type) ? absolute(shown, bridgeUrl()) : shown
  return { $schema: schemaUri(type, ceiling), id, ...parts }
}

/** What is amiss with a draft is told with the resource, as `validations`. */
export function wireDraft(context: Context, tree: Tree, resource: Resource, ceiling: string | undefined): Body {
  const guid = resource.id.split('/')[1] ?? ''
  const validations = missingToPublish(tree, guid)
    .filter(({ id }) => id === resource.id)
    .map(({ message }) => ({ code: 'businessValidationError', level: 'warning', message, resourceId: resource.id }))
  return { ...wireResource(context, resource, ceiling), ...(validations.length > 0 && { validations }) }
}

/** A link to the file, signed anew at each read. */
function freshLink(body: Body, id: string, reads: number): Body {
  if (typeof body['url'] !== 'string') return body
  const name = createHash('sha256').update(`${id} ${body['url']}`).digest('hex').slice(0, 8)
  const signature = createHash('sha256').update(`${name} ${reads}`).digest('base64url')
  return { ...body, url: `${FILE_HOST}file/${name}.png?sv=2022-11-02&sr=b&sig=${signature}` }
}

const isTechnical = (type: string): boolean => type === 'software-as-a-service-technical-configuration'

/** The seed's offers lead to wherever the bridge is: their addresses are kept as paths. */
const absolute = (body: Body, bridgeUrl: string): Body =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('/') ? `${bridgeUrl}${value}` : value,
    ]),
  )

export function wireTree(context: Context, product: Product, target: Target, ceiling: string | undefined): Body {
  const tree = treeOf(product, target) ?? new Map<string, Resource>()
  const resources = [
    ...[...tree.values()].map((resource) =>
      target === 'draft' ? wireDraft(context, tree, resource, ceiling) : wireResource(context, resource, ceiling),
    ),
    ...submissionRows(product, ceiling)
      .filter((row) => targetOf(row) === target)
      .slice(-1),
  ]
  return {
    $schema: schemaUri('resource-tree', ceiling),
    root: `product/${product.guid}`,
    target: { targetType: target },
    resources: context.state.options.shuffledTrees ? rotated(resources, context.state.reads) : resources,
  }
}

const targetOf = ({ target }: Body): unknown =>
  typeof target === 'object' && target !== null && 'targetType' in target ? target.targetType : undefined

const rotated = <T>(list: readonly T[], by: number): readonly T[] => {
  const turn = list.length === 0 ? 0 : by % list.length
  return [...list.slice(turn), ...list.slice(0, turn)]
}

/** The draft's reference first, then the last submission to preview and the last to live. */
export function submissionRows({ guid, submissions }: Product, ceiling: string | undefined): readonly Body[] {
  const last = (target: Submission['target']) => submissions.findLast((submission) => submission.target === target)
  const rows = [last('preview'), last('live')].flatMap((submission) => (submission ? [submission] : []))
  const head = { $schema: schemaUri('submission', ceiling) }
  return [
    {
      ...head,
      id: `submission/${guid}/0`,
      product: `product/${guid}`,
      target: { targetType: 'draft' },
      lifecycleState: 'generallyAvailable',
    },
    ...rows.map(({ number, target, status, result, created, lifecycleState }) => ({
      ...head,
      ...{ id: `submission/${guid}/${number}`, product: `product/${guid}`, target: { targetType: target } },
      ...{ status, result, created: longTime(created), lifecycleState },
    })),
  ]
}

/** Four digits of nothing while it runs. */
export const wireJob = (job: Job, ceiling: string | undefined): Body => ({
  $schema: schemaUri('configure-status', ceiling),
  jobId: job.id,
  jobStatus: job.status,
  jobResult: job.result,
  jobStart: longTime(job.start),
  jobEnd: job.end ? longTime(job.end) : '0001-01-01T00:00:00',
  ...(job.resourceUri === undefined ? {} : { resourceUri: job.resourceUri }),
  errors: job.errors,
})

export const wireError = ({ code, message, details = [] }: Cause): Body => ({ error: { code, message, details } })
