/** Reading offers: lists of products and plans, the resource tree, single resources of the draft, submissions. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { externalIdOf } from '../drafts/identify.ts'
import { guidOf } from '../ids.ts'
import { differences } from '../publishing/trees.ts'
import type { Body, Product, Resource, Target } from '../types.ts'
import { submissionRows, treeOf, wireDraft, wireTree } from '../wire.ts'
import type { ApiDeps } from './deps.ts'
import { ceilingOf, notFound, param, queryOf, refuse } from './frame.ts'
import { sendPage } from './page.ts'

export function productRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { context } = deps
  const { state } = context
  const missing = (reply: FastifyReply): FastifyReply => refuse(reply, 404, notFound('The resource'))
  const show = (request: FastifyRequest, { draft }: Product, resource: Resource): Body =>
    wireDraft(context, draft, resource, ceilingOf(request))

  app.get('/product', async (request, reply) => {
    const externalId = externalIdAsked(request)
    const type = queryOf(request, 'type')
    const rows = [...state.products.values()].flatMap((product) => {
      const head = product.draft.get(`product/${product.guid}`)
      const fits =
        head && (externalId ?? externalIdOf(head.body)) === externalIdOf(head.body) && (type ?? head.body['type']) === head.body['type']
      return fits ? [show(request, product, head)] : []
    })
    return sendPage(request, reply, rows, deps)
  })
  app.get('/plan', async (request, reply) => {
    const product = state.products.get(guidOf(queryOf(request, 'product') ?? ''))
    if (!product) return missing(reply)
    const externalId = externalIdAsked(request)
    const plans = [...product.draft.values()].filter(
      ({ type, body }) => type === 'plan' && (externalId ?? externalIdOf(body)) === externalIdOf(body),
    )
    return sendPage(
      request,
      reply,
      plans.map((plan) => show(request, product, plan)),
      deps,
    )
  })
  app.get('/resource-tree/product/:guid', async (request, reply) => {
    const product = state.products.get(param(request, 'guid'))
    const target = targetOf(queryOf(request, 'targetType') ?? 'draft')
    if (!product) return missing(reply)
    if (!target) return refuse(reply, 400, { code: 'badRequest', message: 'The value of targetType is not valid.' })
    if (!treeOf(product, target))
      return refuse(reply, 400, { code: 'badRequest', message: `The product does not have a ${target} submission.` })
    return reply.send(wireTree(context, product, target, ceilingOf(request)))
  })
  app.get('/submission/:guid', async (request, reply) => {
    const product = state.products.get(param(request, 'guid'))
    if (!product) return missing(reply)
    const target = queryOf(request, 'targetType')
    const rows = submissionRows(product, ceilingOf(request)).filter(
      (row) => target === undefined || JSON.stringify(row['target']) === JSON.stringify({ targetType: target }),
    )
    return sendPage(request, reply, rows, deps)
  })
  app.get('/*', async (request, reply) => {
    const id = param(request, '*')
    const product = state.products.get(id.split('/')[1] ?? '')
    if (!product) return missing(reply)
    const submission = submissionRows(product, ceilingOf(request)).findLast((row) => row['id'] === id)
    if (submission) return reply.send(submission)
    const resource = product.draft.get(id)
    if (!resource || isHidden(resource, product, deps)) return missing(reply)
    return reply.send(show(request, product, resource))
  })
}

/** A plan whose draft holds nothing new, as the option says. */
const isHidden = ({ type, id }: Resource, { draft, live }: Product, { context }: ApiDeps): boolean =>
  context.state.options.planWithoutChanges === 'notFound' && type === 'plan' && live !== undefined && !differences(draft, live).includes(id)

/** The wire's spelling, and the one a client uses with success. */
const externalIdAsked = (request: FastifyRequest): string | undefined => queryOf(request, 'externalId') ?? queryOf(request, 'externalID')

/** Without quotation marks: with them it is refused. */
const targetOf = (text: string): Target | undefined => (text === 'draft' || text === 'preview' || text === 'live' ? text : undefined)
