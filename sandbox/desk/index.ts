/** The vendor's desk: a small vendor portal on the sandbox's Connect. Mounted at `/desk`. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { ConnectWorld } from '../connect/index.ts'
import { Refusal } from '../connect/refusal.ts'
import { formBodies } from '../connect/routes/forms.ts'
import { param } from '../connect/routes/http.ts'
import { sendPage } from '../layout.tsx'
import { requestAction, saveMode, tierAction } from './actions.ts'
import { assetPage, assetsPage } from './assets-page.tsx'
import { shelfAction } from './listings.tsx'
import { problemPage } from './parts.tsx'
import { productsPage } from './products-page.tsx'
import { queuePage } from './queue-page.tsx'
import { requestPage } from './request-page.tsx'
import { tierPage } from './tier-page.tsx'
import { reportFromForm, usagePage } from './usage-page.tsx'

/** Pages are read, forms are posted and answered by going back to a page. */
export function deskPages({ world }: { readonly world: ConnectWorld }): FastifyPluginAsync {
  return async (app) => {
    formBodies(app)
    app.setErrorHandler((error, _call, reply) => {
      if (!(error instanceof Refusal)) throw error
      return sendPage(reply, problemPage(world, error.message), error.status)
    })
    const back = async (reply: FastifyReply, to: string): Promise<FastifyReply> => {
      await world.settled()
      return reply.redirect(to, 303)
    }

    app.get('/', (call, reply) => sendPage(reply, queuePage(world, (call.query as { show?: string }).show)))
    app.get('/requests/:id', (call, reply) => sendPage(reply, requestPage(world, world.request(param(call, 'id')))))
    app.post('/requests/:id/:action', async (call, reply) => {
      const id = param(call, 'id')
      requestAction(world, id, param(call, 'action'), call.body)
      return back(reply, `/desk/requests/${id}`)
    })
    app.get('/tiers/:id', (call, reply) => sendPage(reply, tierPage(world, param(call, 'id'))))
    app.post('/tiers/:id/:action', async (call, reply) => {
      const id = param(call, 'id')
      tierAction(world, id, param(call, 'action'), call.body)
      return back(reply, `/desk/tiers/${id}`)
    })
    app.get('/assets', (_call, reply) => sendPage(reply, assetsPage(world)))
    app.get('/assets/:id', (call, reply) => sendPage(reply, assetPage(world, world.asset(param(call, 'id')))))
    app.get('/usage', (_call, reply) => sendPage(reply, usagePage(world)))
    app.post('/usage', async (call, reply) => {
      reportFromForm(world, call.body)
      return back(reply, '/desk/usage')
    })
    app.get('/products', (_call, reply) => sendPage(reply, productsPage(world)))
    app.post('/products/:id/:action', async (call, reply) => {
      shelfAction(world, param(call, 'id'), param(call, 'action'), call.body)
      return back(reply, '/desk/products')
    })
    app.post('/products/:id/mode', async (call, reply) => {
      saveMode(world, param(call, 'id'), call.body)
      return back(reply, '/desk/products')
    })
  }
}
