/** Carries the script of faults out on the server's calls: before the handler (no effect) or in place of its answer (effect happened). */
import { once } from 'node:events'
import { setTimeout as realPause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Call, CallFault, Faults } from './faults.ts'
import type { Timers } from './timers.ts'

const worlds: readonly { readonly prefix: string; readonly world: Call['world'] }[] = [
  { prefix: '/marketplace/', world: 'marketplace' },
  { prefix: '/entra/', world: 'entra' },
  { prefix: '/connect/public/', world: 'connect' },
  { prefix: '/rp/', world: 'partnerCenter' },
]

/** Registers the hooks. To be called before the worlds are mounted. */
export function applyFaults(app: FastifyInstance, faults: Faults, timers: Timers, onCall: (call: Call) => void = () => {}): void {
  const afterwards = new WeakMap<FastifyRequest, CallFault>()
  const lateOnes = new WeakMap<FastifyRequest, CallFault>()

  app.addHook('onRequest', async (request, reply) => {
    const call = request.headers[LATE] === undefined ? callOf(request) : undefined
    if (call) onCall(call)
    const struck = call && faults.strikeCall(call)
    if (!struck) return undefined
    switch (struck.kind) {
      case 'delay':
        await realPause(struck.delay)
        return undefined
      case 'status':
        return spoil(reply, struck).send(spoilt(struck))
      case 'hang':
        reply.hijack()
        reply.raw.destroy()
        return undefined
      case 'lateEffect':
        lateOnes.set(request, struck)
        return undefined
      case 'statusAfterEffect':
      case 'hangAfterEffect':
        afterwards.set(request, struck)
        return undefined
    }
  })

  app.addHook('preHandler', async (request, reply) => {
    const struck = lateOnes.get(request)
    if (!struck) return
    timers.after(struck.delay, () => arrive(app, request))
    reply.hijack()
    reply.raw.destroy()
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const struck = afterwards.get(request)
    if (!struck) return payload
    if (struck.kind === 'hangAfterEffect') {
      await cut(reply)
      return payload
    }
    spoil(reply, struck)
    reply.removeHeader('content-length')
    return JSON.stringify(spoilt(struck))
  })
}

/** Marks a call that arrives late: it has met its fault already. */
const LATE = 'x-sandbox-late'

/** The same call again, with nobody waiting for its answer. */
async function arrive(app: FastifyInstance, { method, url, headers, body }: FastifyRequest): Promise<void> {
  const payload = body === undefined || body === null ? {} : { payload: JSON.stringify(body) }
  const { 'content-length': _, 'transfer-encoding': __, ...kept } = headers
  await app.inject({ method: methodOf(method), url, headers: { ...kept, [LATE]: '1' }, ...payload })
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const methodOf = (method: string): (typeof METHODS)[number] => METHODS.find((one) => one === method) ?? 'GET'

/** The connection is gone before anything of the answer is written. */
async function cut({ raw }: FastifyReply): Promise<void> {
  const closed = once(raw, 'close')
  raw.destroy()
  await closed
}

function callOf(request: FastifyRequest): Call | undefined {
  const path = request.url.split('?')[0] ?? ''
  const place = worlds.find(({ prefix }) => path.startsWith(prefix))
  return place && { world: place.world, method: request.method, path }
}

function spoil(reply: FastifyReply, { status, retryAfter }: CallFault): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  return reply.code(status).header('content-type', 'application/json; charset=utf-8')
}

const spoilt = ({ world, status, says }: CallFault): unknown =>
  world === 'connect' && says !== undefined
    ? { error_code: 'VAL_001', errors: [says] }
    : {
        error: {
          code: status === 429 ? 'TooManyRequests' : 'UnexpectedError',
          message: says ?? 'The sandbox was told to fail this call.',
        },
      }
