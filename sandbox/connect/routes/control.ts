/** `/_control`: the world's functions for tests in other processes. JSON in, JSON out, no token. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { instant } from '../../../src/kit/time.ts'
import { LISTING_ACTIONS } from '../listings/move.ts'
import { invalid } from '../refusal.ts'
import { requestWire } from '../wire/requests.ts'
import type { ConnectWorld, RequestFilter } from '../world.ts'

const pace = { after: z.number().min(0).optional() }
const types = z.array(z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment']))
const mode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('manual') }),
  z.object({ kind: z.literal('automatic'), templateId: z.string().optional(), ...pace }),
  z.object({
    kind: z.literal('inquireFirst'),
    message: z.string().optional(),
    errors: z.record(z.string(), z.string()).optional(),
    ...pace,
  }),
  z.object({ kind: z.literal('fail'), reason: z.string().min(1), ...pace }),
  z.object({ kind: z.literal('schedule'), by: z.number().positive(), ...pace }),
])
const moment = z.string().transform((text) => instant(text))
const texts = z.record(z.string(), z.string())

const newVersion = z.object({
  productId: z.string(),
  name: z.string().optional(),
  shortDescription: z.string().optional(),
  added: z
    .array(
      z.object({
        mpn: z.string(),
        name: z.string(),
        type: z.enum(['Reservation', 'PPU']),
        unit: z.string(),
        period: z.enum(['Monthly', 'Yearly', 'years_2', 'years_3', 'OneTime']).optional(),
        precision: z.enum(['integer', 'decimal(1)', 'decimal(2)', 'decimal(4)', 'decimal(8)']).optional(),
      }),
    )
    .optional(),
  changed: z.record(z.string(), z.object({ name: z.string().optional(), mpn: z.string().optional() })).optional(),
  ended: z.array(z.string()).optional(),
})

/** `POST /_control/{name}` with these bodies. */
const commands = {
  mode: command(z.object({ productId: z.string().optional(), mode, only: types.optional() }), (world, { productId, mode, only }) =>
    productId === undefined ? world.setModeOfAll(mode) : world.setMode(productId, mode, only),
  ),
  approve: command(
    z.object({ id: z.string(), templateId: z.string().optional(), quantities: z.record(z.string(), z.number()).optional() }),
    (world, { id, ...approval }) => world.approve(id, approval),
  ),
  fail: command(z.object({ id: z.string(), reason: z.string() }), (world, { id, reason }) => world.fail(id, reason)),
  inquire: command(
    z.object({ id: z.string(), templateId: z.string().optional(), message: z.string().optional(), errors: texts.optional() }),
    (world, { id, ...inquiry }) => world.inquire(id, inquiry),
  ),
  schedule: command(z.object({ id: z.string(), plannedDate: z.string() }), (world, { id, plannedDate }) =>
    world.schedule(id, instant(plannedDate)),
  ),
  confirm: command(z.object({ id: z.string() }), (world, { id }) => world.confirm(id)),
  revoke: command(z.object({ id: z.string(), reason: z.string() }), (world, { id, reason }) => world.revoke(id, reason)),
  answer: command(z.object({ id: z.string(), values: texts }), (world, { id, values }) => world.answerInquiry(id, values)),
  adjust: command(
    z.object({ assetId: z.string(), params: texts, approve: z.boolean().optional() }),
    (world, { assetId, params, approve }) => {
      world.adjust(assetId, params, approve)
    },
  ),
  cancel: command(z.object({ assetId: z.string(), approve: z.boolean().optional() }), (world, { assetId, approve }) => {
    world.cancel(assetId, approve)
  }),
  approveTierConfig: command(z.object({ id: z.string(), templateId: z.string().optional() }), (world, { id, templateId }) =>
    world.approveTierConfig(id, templateId),
  ),
  failTierConfig: command(z.object({ id: z.string(), reason: z.string() }), (world, { id, reason }) => world.failTierConfig(id, reason)),
  sell: command(
    z.object({
      productId: z.string(),
      environment: z.enum(['production', 'test']).optional(),
      externalUid: z.string(),
      externalId: z.string().optional(),
      quantities: z.record(z.string(), z.number()),
      customer: z.object({ name: z.string(), externalId: z.string(), externalUid: z.string(), email: z.string() }).partial().optional(),
    }),
    (world, sale) => {
      world.sell(sale)
    },
  ),
  refuse: command(
    z.object({ status: z.union([z.literal(400), z.literal(409)]), errors: z.array(z.string()), params: texts.optional() }),
    (world, { status, errors, params }) => world.refuseNext(status, errors, params),
  ),
  listing: command(z.object({ productId: z.string(), listed: z.boolean() }), (world, { productId, listed }) =>
    world.setListed(productId, listed),
  ),
  askToList: command(
    z.object({ productId: z.string(), type: z.enum(['new', 'update', 'remove']).optional(), note: z.string().optional() }),
    (world, { productId, type, note }) => {
      world.askToList(productId, type, note)
    },
  ),
  moveListingRequest: command(
    z.object({ id: z.string(), action: z.enum(LISTING_ACTIONS), by: z.enum(['provider', 'vendor']).optional() }),
    (world, { id, action, by }) => {
      world.moveListingRequest(id, action, by)
    },
  ),
  publishVersion: command(newVersion, (world, { productId, ...version }) => {
    world.publishVersion(productId, version)
  }),
  endOfSale: command(z.object({ productId: z.string(), ended: z.boolean() }), (world, { productId, ended }) =>
    world.setEndOfSale(productId, ended),
  ),
  reportUsage: command(
    z.object({
      productId: z.string(),
      used: z.array(
        z.object({
          assetId: z.string(),
          mpn: z.string(),
          quantity: z.string(),
          from: moment,
          to: moment.optional(),
          amount: z.string().optional(),
          tier: z.string().optional(),
        }),
      ),
      name: z.string().optional(),
      submit: z.boolean().optional(),
    }),
    (world, { submit = true, ...report }) => {
      world.reportUsage({ ...report, submit })
    },
  ),
  usageSchema: command(z.object({ productId: z.string(), schema: z.enum(['qt', 'cr', 'pr', 'tr']) }), (world, { productId, schema }) =>
    world.setUsageSchema(productId, schema),
  ),
  options: command(z.record(z.string(), z.union([z.string(), z.number()])), (world, options) => {
    const unknown = Object.keys(options).filter((name) => !(name in world.options))
    if (unknown.length > 0) throw invalid(`Unknown options: ${unknown.join(', ')}`)
    Object.assign(world.options, options)
  }),
  reset: command(z.unknown(), (world) => world.reset()),
} as const

type Command = (world: ConnectWorld, body: unknown) => void

function command<T>(schema: z.ZodType<T>, run: (world: ConnectWorld, body: T) => void): Command {
  return (world, body) => {
    const read = schema.safeParse(body)
    if (!read.success) throw invalid(...read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
    run(world, read.data)
  }
}

export function controlRoutes(app: FastifyInstance, world: ConnectWorld): void {
  app.get('/_control', async () => world.dump())
  app.get('/_control/requests', async (call) =>
    world.requests(call.query as RequestFilter).map((request) => requestWire(world.state, request, 'vendor', 'alone')),
  )
  app.get('/_control/counts/:uid', async (call) => world.counts((call.params as { uid: string }).uid))
  app.get('/_control/usage', async () =>
    world.usageFiles().map((file) => ({
      ...{ id: file.id, status: file.status, productId: file.productId },
      records: world.usageRecords(file.id).map(({ id, status, row, faults, billingId, billingNote }) => ({
        ...{ id, status, quantity: row.quantity, faults, billingId, billingNote },
      })),
    })),
  )
  app.get('/_control/tier-config-requests', async () =>
    world.tierConfigRequests().map(({ id, status, configId }) => ({ id, status, configId })),
  )
  for (const [name, run] of Object.entries(commands)) {
    app.post(`/_control/${name}`, async (call) => {
      run(world, call.body)
      await world.settled()
      return { done: true }
    })
  }
}
