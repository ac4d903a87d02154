/** `/requests` and `/assets`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { assetCollection, requestCollection } from '../collections/requests.ts'
import { at, isObject } from '../json.ts'
import type { AssetRecord, RequestRecord, Role } from '../records.ts'
import { invalid } from '../refusal.ts'
import { idOf, readDate } from '../requests/body.ts'
import { createRequest } from '../requests/create.ts'
import { orderDraft, pendRequest, revokeRequest, updateRequest } from '../requests/provider.ts'
import { renderAsset } from '../requests/render.ts'
import { validateDraft } from '../requests/validate.ts'
import { approveRequest, confirmRequest, failRequest, inquireRequest, scheduleRequest } from '../requests/vendor.ts'
import { assetOf, requestChanged, requestsOf, type State } from '../state.ts'
import { assetWire } from '../wire/assets.ts'
import { historyWire, requestWire } from '../wire/requests.ts'
import { found, only as onlyRole, param, roleOf, sendList } from './http.ts'

const text = (body: unknown, name: string): string | undefined => {
  const value = at(body, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

interface Action {
  /** Who may call it; both when left out. */
  readonly role?: Role
  readonly run: (state: State, request: RequestRecord, call: FastifyRequest) => void | Promise<void>
}

/** `POST /requests/{id}/{action}`; all but the last few belong to one side. */
const actions: Readonly<Record<string, Action>> = {
  approve: { role: 'vendor', run: (state, request, { body }) => approve(state, request, body) },
  fail: { role: 'vendor', run: (state, request, { body }) => failRequest(state, request, text(body, 'reason') ?? '') },
  inquire: {
    role: 'vendor',
    run: (state, request, { body }) =>
      inquireRequest(state, request, { templateId: text(body, 'template_id'), message: text(body, 'activation_tile') }),
  },
  schedule: {
    role: 'vendor',
    run: (state, request, { body }) => scheduleRequest(state, request, readDate(at(body, 'planned_date'), 'planned_date')),
  },
  confirm: { role: 'vendor', run: (state, request) => confirmRequest(state, request) },
  revoke: { role: 'provider', run: (state, request, { body }) => revokeRequest(state, request, text(body, 'reason') ?? '') },
  purchase: { role: 'provider', run: (state, request) => orderDraft(state, request, 'purchase') },
  submit: { role: 'provider', run: (state, request) => orderDraft(state, request, 'submit') },
  validate: { role: 'provider', run: (state, request, { body }) => validateDraft(state, request, body) },
  pend: {
    role: 'provider',
    run(state, request, { query, body }) {
      const code = isObject(query) && typeof query['code'] === 'string' ? query['code'] : undefined
      if (code !== undefined && at(body, 'asset.params') !== undefined) updateRequest(state, request, body, 'provider')
      pendRequest(state, request, code)
    },
  },
  assign: {
    role: 'vendor',
    run(state, request, { body }) {
      request.assignee = text(body, 'id') ?? text(body, 'email') ?? 'UR-310-441-001'
      requestChanged(state, request)
    },
  },
  unassign: {
    role: 'vendor',
    run(state, request) {
      request.assignee = undefined
      requestChanged(state, request)
    },
  },
}

function approve(state: State, request: RequestRecord, body: unknown): void {
  const date = at(body, 'effective_date')
  const templateId = text(body, 'template_id') ?? idOf(at(body, 'template'))
  const activationTile = text(body, 'activation_tile')
  if (templateId === undefined && activationTile === undefined) throw invalid('template_id: This field is required.')
  approveRequest(state, request, {
    templateId,
    activationTile: templateId === undefined ? activationTile : undefined,
    effectiveDate: date === undefined || date === null ? undefined : readDate(date, 'effective_date'),
  })
}

export function requestRoutes(app: FastifyInstance, state: State): void {
  const requestAt = (call: FastifyRequest): RequestRecord => found(state.requests.get(param(call, 'id')), 'Request')
  const show = (call: FastifyRequest, request: RequestRecord) => requestWire(state, request, roleOf(call), 'alone')

  app.get('/requests', (call, reply) => sendList(call, reply, requestCollection(state, roleOf(call))))
  app.post('/requests', async (call, reply) => reply.code(201).send(show(call, createRequest(state, call.body, roleOf(call)))))
  app.get('/requests/:id', async (call) => show(call, requestAt(call)))
  app.put('/requests/:id', async (call) => {
    updateRequest(state, requestAt(call), call.body, roleOf(call))
    return show(call, requestAt(call))
  })
  app.get('/requests/:id/render', async (call, reply) => sendMarkdown(call, reply, state, assetOf(state, requestAt(call))))
  for (const [name, action] of Object.entries(actions)) {
    app.post(`/requests/:id/${name}`, async (call) => {
      if (action.role) onlyRole(action.role, call)
      await action.run(state, requestAt(call), call)
      return show(call, requestAt(call))
    })
  }
}

export function assetRoutes(app: FastifyInstance, state: State): void {
  const assetAt = (call: FastifyRequest): AssetRecord => found(state.assets.get(param(call, 'id')), 'Asset')

  app.get('/assets', (call, reply) => sendList(call, reply, assetCollection(state, roleOf(call))))
  app.get('/assets/:id', async (call) => assetWire(state, assetAt(call), roleOf(call)))
  app.get('/assets/:id/requests', (call, reply) =>
    sendList(call, reply, { fields: {}, all: () => requestsOf(state, assetAt(call)), render: historyWire }),
  )
  app.get('/assets/:id/render', async (call, reply) => sendMarkdown(call, reply, state, assetAt(call)))
}

function sendMarkdown(call: FastifyRequest, reply: FastifyReply, state: State, asset: AssetRecord): FastifyReply {
  const locale = call.headers['connect-localization']
  return reply.type('text/markdown; charset=utf-8').send(renderAsset(state, asset, typeof locale === 'string' ? locale : undefined))
}
