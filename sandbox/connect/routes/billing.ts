/** Billing requests: the distributor posts its own, of type `provider`. Whether Connect refuses a second one is not known: this one takes it. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Instant, instant } from '../../../src/kit/time.ts'
import type { JsonObject } from '../json.ts'
import { type AssetRecord, BILLING_UNITS, type BillingRequest, type Role } from '../records.ts'
import { invalid } from '../refusal.ts'
import type { Collection } from '../rql/collection.ts'
import { date, ordered, text } from '../rql/fields.ts'
import { mustHave, type State } from '../state.ts'
import { events, stamp } from '../wire/common.ts'
import { found, oneById, param, roleOf, sendList } from './http.ts'

const moment = z.iso.datetime({ offset: true }).transform((at): Instant => instant(at))
const body = z.object({
  asset_id: z.string().max(100).nullish(),
  asset_external_uid: z.string().max(100).nullish(),
  type: z.enum(['vendor', 'provider']).default('provider'),
  items: z.array(z.object({ id: z.string(), quantity: z.number() })).min(1),
  period_from: moment,
  period_to: moment,
  period_delta: z.number().min(0),
  period_uom: z.enum(BILLING_UNITS),
})

export function billingRoutes(app: FastifyInstance, state: State): void {
  const path = '/subscriptions/requests'
  app.get(path, (call, reply) => sendList(call, reply, collection(state)))
  app.get(`${path}/:id`, async (call) => oneById(collection(state), param(call, 'id')))
  app.post(path, async (call, reply) => reply.code(201).send(wire(state, create(state, call.body, roleOf(call)))))
}

/** @throws Refusal 400 for faulty data, 404 for an unknown asset */
function create(state: State, given: unknown, who: Role): BillingRequest {
  const read = body.safeParse(given)
  if (!read.success) throw invalid(...read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const asked = read.data
  if (asked.type !== who) throw invalid(`type: A ${who} creates requests of type ${who}.`)
  if (asked.period_to.getTime() <= asked.period_from.getTime()) throw invalid('period_to: The period has no length.')
  const asset = assetFor(state, asked.asset_id, asked.asset_external_uid)
  const request: BillingRequest = {
    id: state.ids.billingRequest(),
    type: asked.type,
    assetId: asset.id,
    items: asked.items,
    ...{ from: asked.period_from, to: asked.period_to, delta: asked.period_delta, unit: asked.period_uom },
    created: state.clock.now(),
  }
  state.billingRequests.set(request.id, request)
  return request
}

function assetFor(state: State, id: string | null | undefined, uid: string | null | undefined): AssetRecord {
  const asset = id ? state.assets.get(id) : (state.assetsByUid.get(uid ?? '') ?? []).find(({ status }) => status !== 'draft')
  return found(asset && (!uid || asset.externalUid === uid) ? asset : undefined, 'Asset')
}

function collection(state: State): Collection<BillingRequest> {
  const assetOf = ({ assetId }: BillingRequest) => mustHave(state.assets.get(assetId), assetId)
  return {
    fields: {
      id: text((request) => request.id),
      type: text((request) => request.type),
      'asset.id': text((request) => request.assetId),
      'asset.external_uid': text((request) => assetOf(request).externalUid),
      'asset.product.id': text((request) => assetOf(request).productId),
      'period.from': date((request) => request.from),
      'period.to': date((request) => request.to),
      'period.uom': text((request) => request.unit),
      'events.created.at': ordered(date((request) => request.created)),
    },
    all: () => state.billingRequests.values(),
    render: (request) => wire(state, request),
  }
}

const wire = (state: State, { id, type, assetId, items, from, to, delta, unit, created }: BillingRequest): JsonObject => {
  const asset = mustHave(state.assets.get(assetId), assetId)
  return {
    ...{ id, type },
    asset: { id: asset.id, external_id: asset.externalId, external_uid: asset.externalUid, product: { id: asset.productId } },
    items: items.map((item) => ({ id: item.id, global_id: item.id, quantity: item.quantity })),
    period: { from: stamp(from), to: stamp(to), delta, uom: unit },
    attributes: {},
    events: events(created, created),
  }
}
