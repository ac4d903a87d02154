/** POST /saas/subscriptions/resolve: what a purchase token stands for. */
import type { FastifyInstance } from 'fastify'
import type { Refusal } from '../answer.ts'
import { readToken } from '../state.ts'
import { wireResolved } from '../wire.ts'
import { callerOf, isOwner } from './caller.ts'
import type { ApiDeps } from './deps.ts'
import { foreign, sendRefusal } from './replies.ts'

export function resolveRoute(app: FastifyInstance, { context: { state, clock } }: ApiDeps): void {
  app.post('/subscriptions/resolve', async (request, reply) => {
    const token = request.headers['x-ms-marketplace-token']
    if (typeof token !== 'string' || token === '') return sendRefusal(reply, noToken)
    const found = readToken(state, clock, token)
    if (found === undefined) return sendRefusal(reply, unreadable)
    if (found === 'expired') return sendRefusal(reply, expired)
    const caller = callerOf(request)
    if (!isOwner(caller, found.offer)) return sendRefusal(reply, { status: 403, code: 'Forbidden', message: foreign(caller.clientId) })
    return wireResolved(found)
  })
}

const noToken: Refusal = {
  status: 400,
  code: 'HeaderNotPresent',
  message: 'The header x-ms-marketplace-token is not present.',
  target: 'x-ms-marketplace-token',
}

const unreadable: Refusal = {
  status: 400,
  code: 'InvalidValue',
  message: 'The token could not be decrypted with the primary or the secondary secret.',
  target: 'x-ms-marketplace-token',
}

const expired: Refusal = { status: 400, code: 'BadArgument', message: 'The token has expired.', target: 'x-ms-marketplace-token' }
