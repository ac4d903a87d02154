/** GET /usageEvents: the daily sums of the caller's offers, filtered. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { days, isAtOrAfter, isBefore, plus } from '../../../src/kit/time.ts'
import { callerOf, isOwner } from '../api/caller.ts'
import type { ApiDeps } from '../api/deps.ts'
import { badArgument, sendRefusal } from '../api/replies.ts'
import { type DailySum, dailySums } from './books.ts'
import { time, wireSum } from './wire.ts'

const filters = z.object({
  usageStartDate: z.string().optional(),
  UsageEndDate: z.string().optional(),
  offerId: z.string().optional(),
  planId: z.string().optional(),
  dimension: z.string().optional(),
  azureSubscriptionId: z.string().optional(),
  reconStatus: z.string().optional(),
})
type Filters = z.output<typeof filters>

export function totalsRoute(app: FastifyInstance, { context }: ApiDeps): void {
  const { state, clock } = context
  app.get('/usageEvents', async (request, reply) => {
    const asked = filters.parse(request.query)
    const from = time(asked.usageStartDate ?? '')
    if (!from) return sendRefusal(reply, badArgument('The usage start date is missing or not valid.', 'usageStartDate'))
    const to = asked.UsageEndDate === undefined ? clock.now() : time(asked.UsageEndDate)
    if (!to || isBefore(to, from)) return sendRefusal(reply, badArgument('The usage end date is not valid.', 'UsageEndDate'))
    const caller = callerOf(request)
    return dailySums(state, clock.now())
      .filter(({ subscription }) => isOwner(caller, subscription.offer))
      .filter(({ day }) => isBefore(day, plus(to, 1)) && isAtOrAfter(plus(day, days(1) - 1), from))
      .filter((sum) => fits(sum, asked))
      .map(wireSum)
  })
}

const fits = ({ subscription, planId, dimension, reconStatus }: DailySum, asked: Filters): boolean =>
  (asked.offerId ?? subscription.offer.offerId) === subscription.offer.offerId &&
  (asked.planId ?? planId) === planId &&
  (asked.dimension ?? dimension) === dimension &&
  asked.azureSubscriptionId === undefined && // SaaS subscriptions have none
  (asked.reconStatus ?? reconStatus) === reconStatus
