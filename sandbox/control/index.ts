/**
 * The sandbox's remote control, mounted at `/_sandbox`: JSON in, JSON out, for tests and demos in another process. Everything here is also
 * there for programs as `Sandbox.worlds`.
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { MovableClock } from '../../src/kit/time.ts'
import type { EntraWorld } from '../entra/index.ts'
import { type Faults, fault } from '../faults.ts'
import type { MarketplaceWorld } from '../marketplace/index.ts'
import type { PartnerCenterWorld } from '../partner-center/index.ts'
import { entraControl } from './entra.ts'
import { marketplaceControl } from './marketplace.ts'
import { partnerCenterControl } from './partner-center.ts'

export interface ControlDeps {
  readonly clock: MovableClock
  readonly faults: Faults
  readonly entra: EntraWorld
  readonly marketplace: MarketplaceWorld
  readonly partnerCenter: PartnerCenterWorld
  readonly urls: Readonly<Record<string, string>>
  readonly bridgeUrl: () => string
  readonly setBridgeUrl: (url: string) => void
  /** Resolves when nothing due is left undone. */
  readonly settled: () => Promise<void>
  readonly reset: () => void
}

const moveBy = z.strictObject({ moveBy: z.number().int() })
const bridge = z.strictObject({ url: z.url() })

export const controlRoutes =
  (deps: ControlDeps): FastifyPluginAsync =>
  async (app) => {
    explainFaults(app)
    const { clock, faults, settled } = deps
    const time = () => ({ now: clock.now().toISOString() })

    app.get('/', async () => ({ urls: deps.urls, bridge: deps.bridgeUrl(), ...time() }))
    app.get('/clock', async () => time())
    /** Answers when all that fell due has been done. */
    app.post('/clock', async (request) => {
      clock.moveBy(moveBy.parse(request.body).moveBy)
      await settled()
      return time()
    })
    app.post('/settled', async () => {
      await settled()
      return time()
    })

    app.get('/faults', async () => ({ faults: faults.list() }))
    app.post('/faults', async (request, reply) => reply.code(201).send(faults.add(fault.parse(request.body))))
    app.delete('/faults', async (_request, reply) => {
      faults.clear()
      return reply.code(204).send()
    })

    app.get('/bridge', async () => ({ url: deps.bridgeUrl() }))
    app.put('/bridge', async (request) => {
      deps.setBridgeUrl(bridge.parse(request.body).url)
      return { url: deps.bridgeUrl() }
    })
    app.post('/reset', async (_request, reply) => {
      deps.reset()
      return reply.code(204).send()
    })

    app.register(marketplaceControl(deps.marketplace), { prefix: '/marketplace' })
    app.register(entraControl(deps.entra), { prefix: '/entra' })
    app.register(partnerCenterControl(deps.partnerCenter, settled), { prefix: '/partner-center' })
  }

/** What the caller got wrong is his to read: 400 with the reason. */
function explainFaults(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) })
    if (error instanceof RangeError) return reply.code(400).send({ error: error.message })
    throw error
  })
}
