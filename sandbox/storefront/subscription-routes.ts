/** One subscription's page and everything its buttons post. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { sendPage } from '../layout.tsx'
import type { Answer } from '../marketplace/answer.ts'
import type { Operation } from '../marketplace/types.ts'
import type { StorefrontDeps } from './deps.ts'
import { planForm, reasonOf, seatsForm } from './forms.ts'
import { missingPage } from './missing.tsx'
import { subscriptionPage } from './subscription.tsx'

interface ById {
  Params: { id: string }
}

const renewalForm = z.object({ autoRenew: z.enum(['yes', 'no']) })

export function subscriptionRoutes(app: FastifyInstance, deps: StorefrontDeps): void {
  const { world } = deps
  app.get<ById>('/store/subscriptions/:id', async ({ params: { id } }, reply) => show(deps, reply, id))

  app.get<ById>('/store/subscriptions/:id/account', async ({ params: { id } }, reply) =>
    world.subscription(id) ? reply.redirect(world.newToken(id).landingUrl, 303) : sendPage(reply, missingPage(), 404),
  )

  const post = (verb: string, act: (id: string, body: unknown) => string | undefined): void => {
    app.post<ById>(`/store/subscriptions/:id/${verb}`, async ({ params: { id }, body }, reply) => {
      if (!world.subscription(id)) return sendPage(reply, missingPage(), 404)
      const problem = act(id, body)
      return problem === undefined ? reply.redirect(`/store/subscriptions/${id}`, 303) : show(deps, reply, id, problem)
    })
  }
  post('plan', (id, body) => withForm(planForm, body, ({ planId }) => problemOf(world.changePlan(id, planId))))
  post('quantity', (id, body) => withForm(seatsForm, body, ({ quantity }) => problemOf(world.changeQuantity(id, quantity))))
  post('suspend', (id) => problemOf(world.suspend(id)))
  post('reinstate', (id) => problemOf(world.reinstate(id)))
  post('renew', (id) => problemOf(world.renew(id)))
  post('cancel', (id) => problemOf(world.cancel(id)))
  post('renewal', (id, body) =>
    withForm(renewalForm, body, ({ autoRenew }) => {
      world.setAutoRenew(id, autoRenew === 'yes')
      return undefined
    }),
  )
}

function show({ world, clock, bridgeUrl }: StorefrontDeps, reply: FastifyReply, id: string, problem?: string): FastifyReply {
  const subscription = world.subscription(id)
  if (!subscription) return sendPage(reply, missingPage(), 404)
  const html = subscriptionPage({
    subscription,
    pending: world.pendingOperation(id),
    operations: world.operations(id),
    deliveries: world.deliveries(id),
    billed: world.billed(id),
    usage: world.usage(id),
    now: clock.now(),
    bridgeUrl: bridgeUrl(),
    ...(problem === undefined ? {} : { problem }),
  })
  return sendPage(reply, html, problem === undefined ? 200 : 400)
}

const problemOf = (answer: Answer<Operation>): string | undefined => (answer.ok ? undefined : answer.refusal.message)

function withForm<T>(form: z.ZodType<T>, body: unknown, act: (read: T) => string | undefined): string | undefined {
  const read = form.safeParse(body)
  return read.success ? act(read.data) : reasonOf(read.error)
}
