import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type EventAnswer, MOST_EVENTS_AT_ONCE, takeEvents } from '../../usage/index.ts'
import type { Callers } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { readInput } from '../input.ts'

const body = z.strictObject({
  events: z.array(z.unknown()).min(1).max(MOST_EVENTS_AT_ONCE),
  /** Says what would become of each, and keeps nothing. */
  dryRun: z.boolean().default(false),
})

/** Taken in, all of them; or some were not: then each says by itself. */
const [ALL, SOME] = [200, 207]

export function usageEventRoutes(app: FastifyInstance, { operator: { db, clock } }: ApiDeps, callers: Callers): void {
  app.post('/usage', async (request, reply) => {
    const { tenantId } = callers.of(request, 'usage')
    const { events, dryRun } = readInput(body, request.body)
    const results = await takeEvents(db, { tenantId, source: 'api', now: clock.now(), dryRun }, events)
    return reply.code(results.some(isRefused) ? SOME : ALL).send({ dryRun, counts: countsOf(results), results })
  })
}

const isRefused = ({ outcome }: EventAnswer): boolean => outcome === 'refused' || outcome === 'conflict'

function countsOf(results: readonly EventAnswer[]): Readonly<Record<string, number>> {
  const count = (is: (answer: EventAnswer) => boolean): number => results.filter(is).length
  return {
    taken: count((one) => 'repeated' in one && !one.repeated),
    repeated: count((one) => 'repeated' in one && one.repeated),
    conflicts: count(({ outcome }) => outcome === 'conflict'),
    refused: count(({ outcome }) => outcome === 'refused'),
  }
}
