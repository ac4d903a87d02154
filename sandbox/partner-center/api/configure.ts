/** Configure: the one call that writes. It makes a job, which is asked until it is done. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cancelJob, startJob } from '../jobs.ts'
import { wirePrivateOffer, wirePrivatePrice } from '../private-offers/wire.ts'
import type { Body, Job } from '../types.ts'
import { schemaUri } from '../versions.ts'
import { submissionRows, wireJob, wireResource } from '../wire.ts'
import type { ApiDeps } from './deps.ts'
import { ceilingOf, notFound, param, refuse } from './frame.ts'

export function configureRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { context, reader } = deps
  const jobOf = (request: FastifyRequest): Job | undefined => context.state.jobs.get(param(request, 'job'))
  const missing = (reply: FastifyReply): FastifyReply => refuse(reply, 404, notFound('The job'))

  app.post('/configure', async (request, reply) => {
    const ceiling = ceilingOf(request)
    const read = reader.read(request.body, context.state.options.newerThanCeiling === 'refused' ? ceiling : undefined)
    if ('refusal' in read) return refuse(reply, 400, read.refusal)
    return reply.code(202).send(wireJob(startJob(context, read.resources), ceiling))
  })
  app.get('/configure/:job/status', async (request, reply) => {
    const job = jobOf(request)
    return job ? reply.send(wireJob(job, ceilingOf(request))) : missing(reply)
  })
  app.get('/configure/:job', async (request, reply) => {
    const job = jobOf(request)
    if (!job) return missing(reply)
    if (job.status !== 'completed') return refuse(reply, 400, { code: 'badRequest', message: 'The job has not completed yet.' })
    if (job.result !== 'succeeded' && context.state.options.detailOfFailedJob === 'notFound') return missing(reply)
    return reply.send({ $schema: schemaUri('configure-detail'), resources: detail(deps, job, ceilingOf(request)) })
  })
  app.post('/configure/:job/cancel', async (request, reply) => {
    const job = jobOf(request)
    if (!job) return missing(reply)
    const cancelled = cancelJob(context, job)
    if (!cancelled) return refuse(reply, 400, { code: 'badRequest', message: 'Cannot cancel job, job has already completed.' })
    return reply.send(wireJob(cancelled, ceilingOf(request)))
  })
}

/** What the job made or changed, as it is now. */
function detail({ context }: ApiDeps, { written }: Job, ceiling: string | undefined): readonly Body[] {
  const { state } = context
  return written.flatMap((id) => {
    const [type = '', guid = ''] = id.split('/')
    const product = state.products.get(guid)
    if (type === 'submission')
      return product
        ? submissionRows(product, ceiling)
            .filter((row) => row['id'] === id)
            .slice(-1)
        : []
    const offer = state.privateOffers.get(guid)
    if (type === 'private-offer') return offer ? [wirePrivateOffer(state, offer, ceiling)] : []
    const price = state.privatePrices.get(id)
    if (price) return [wirePrivatePrice(price, ceiling)]
    const resource = product?.draft.get(id)
    return resource ? [wireResource(context, resource, ceiling)] : []
  })
}
