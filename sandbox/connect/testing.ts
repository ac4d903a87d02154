/** For the sandbox's own tests: a Connect on a standing clock, called without a network. */
import Fastify from 'fastify'
import { standingClock } from '../../src/kit/time.ts'
import { connectSeed, type SeedProduct, products as seedProducts } from '../seed.ts'
import { type ConnectOptions, createConnectWorld } from './index.ts'

/** The parts of answers that tests read; each answer has some of them. */
export interface Answer {
  readonly id: string
  readonly status: string
  readonly type: string
  readonly state: string
  readonly name: string
  readonly reason: string
  readonly value: string
  readonly value_error: string
  readonly quantity: string
  readonly old_quantity: string
  readonly activation_key: string
  readonly params_form_url: string
  readonly planned_date: string
  readonly effective_date: string
  readonly link: string
  readonly error_code: string
  readonly assignee: unknown
  readonly answered: boolean
  readonly template: { readonly id: string; readonly message: string }
  readonly previous_approved_request: { readonly id: string }
  readonly open_request: { readonly id: string }
  readonly asset: Answer
  readonly connection: Answer & { readonly hub: Answer }
  readonly tiers: { readonly customer: Answer; readonly tier1: Answer; readonly tier2: unknown }
  readonly items: readonly Answer[]
  readonly params: readonly Answer[]
  readonly errors: readonly string[]
  readonly constraints: Readonly<Record<string, unknown>>
}

export interface Reply {
  readonly status: number
  readonly body: Answer
  /** The body of a list. */
  readonly rows: readonly Answer[]
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

export const tokens = { provider: connectSeed.provider.token, vendor: connectSeed.vendor.token, nobody: 'ApiKey SU-000:wrong' } as const

export async function startConnect(options: Partial<ConnectOptions> = {}) {
  const clock = standingClock('2026-03-02T09:00:00Z')
  const { world, plugin } = createConnectWorld({ clock, publicUrl: () => 'http://sandbox.test', options })
  const app = Fastify()
  app.register(plugin, { prefix: '/connect' })
  await app.ready()
  const call = async (as: keyof typeof tokens, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Reply> => {
    const reply = await app.inject({
      method,
      url: `/connect/public/v1${path}`,
      headers: { authorization: tokens[as], 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    const read =
      String(reply.headers['content-type']).startsWith('application/json') && reply.body !== '' ? JSON.parse(reply.body) : undefined
    return { status: reply.statusCode, body: read, rows: Array.isArray(read) ? read : [], headers: reply.headers, text: reply.body }
  }
  /** Sends a file as the vendor's browser does. */
  const upload = async (path: string, bytes: Uint8Array): Promise<Reply> => {
    const form = new FormData()
    form.set('usage_file', new Blob([Buffer.from(bytes)]), 'usage.xlsx')
    const multipart = new Response(form)
    const reply = await app.inject({
      method: 'POST',
      url: `/connect/public/v1${path}`,
      headers: { authorization: tokens.vendor, 'content-type': multipart.headers.get('content-type') ?? '' },
      payload: Buffer.from(await multipart.arrayBuffer()),
    })
    return { status: reply.statusCode, body: JSON.parse(reply.body), rows: [], headers: reply.headers, text: reply.body }
  }
  return {
    app,
    clock,
    upload,
    world,
    /** As the distributor. */
    provider: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => call('provider', method, path, body),
    vendor: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => call('vendor', method, path, body),
    nobody: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => call('nobody', method, path, body),
    async stop() {
      await app.close()
      await world.stop()
    },
  }
}

export type TestConnect = Awaited<ReturnType<typeof startConnect>>

export const productNamed = (name: string): SeedProduct => {
  const found = seedProducts.find((product) => product.name === `Larkspur ${name}`)
  if (!found) throw new Error(`no product ${name}`)
  return found
}

export const customer = {
  name: 'Fabrikam GmbH',
  external_id: 'ms-5d2e',
  external_uid: '5d2e0f1c-66a4-4f0e-9d0e-3a0a5f7b1c11',
  contact_info: {
    address_line1: 'Hauptstrasse 1',
    city: 'Berlin',
    state: null,
    postal_code: '10115',
    country: 'DE',
    contact: { first_name: 'Mara', last_name: 'Vogt', email: 'mara.vogt@fabrikam.example', phone_number: null },
  },
}

/** A faultless purchase of five of the product's first item; `change` replaces parts of its asset. */
export function purchaseBody(
  product: SeedProduct,
  change: Record<string, unknown> = {},
  environment: 'production' | 'test' = 'production',
) {
  const [item] = product.items
  return {
    type: 'purchase',
    asset: {
      product: { id: product.id },
      connection: { id: product.connections[environment] },
      external_id: 'MS-37f9dea2',
      external_uid: '37f9dea2-4345-438f-b0bd-03d40d28c7e0',
      items: [{ id: item?.id, quantity: item?.type === 'PPU' ? -1 : 5 }],
      params: [] as unknown[],
      tiers: { customer, tier1: { id: connectSeed.reseller.id } },
      ...change,
    },
    marketplace: { id: connectSeed.marketplace.id },
  }
}

/** What "Larkspur Projects" demands, filled in. */
export const projectsParams = [
  { id: 'workspace_name', value: 'Fabrikam Engineering' },
  { id: 'workspace_address', value: 'fabrikam' },
  { id: 'data_region', value: 'eu' },
  { id: 'admin_email', value: 'it@fabrikam.example' },
  { id: 'sign_in_method', value: 'password' },
]
