/** Webhook objects: created, changed, shown. */
import { z } from 'zod'
import { connectSeed } from '../../seed.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Role, Webhook } from '../records.ts'
import { invalid } from '../refusal.ts'
import type { State } from '../state.ts'
import { stamp, stampOrNull } from '../wire/common.ts'

const body = z.object({
  type: z.string().default('event'),
  object_class: z.enum([
    'fulfillment_request',
    'listing_request',
    'usage_file',
    'tier_account_request',
    'billing_request',
    'tier_config_request',
  ]),
  label: z.string().min(1).max(100),
  product_id: z.string().min(1),
  external_url: z.url().max(4096),
  jwt_secret: z.string().min(1).max(100),
  active: z.boolean(),
  description: z.string().nullish(),
  http_method: z.literal('POST'),
  data: z.record(z.string(), z.unknown()).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
})
/** Product and class stay what they were, whatever is sent. */
const change = body.omit({ object_class: true, product_id: true, type: true }).partial()

function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw invalid(
    ...result.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.input === undefined ? 'This field is required.' : issue.message}`,
    ),
  )
}

/** One product and one class of objects per webhook. @throws Refusal 400 */
export function createWebhook(state: State, given: unknown, account: Role): Webhook {
  const asked = read(body, given)
  if (!state.products.has(asked.product_id)) throw invalid(`product_id: Product "${asked.product_id}" not found.`)
  const webhook: Webhook = {
    id: state.ids.webhook(),
    account,
    productId: asked.product_id,
    objectClass: asked.object_class,
    type: asked.type,
    label: asked.label,
    description: asked.description ?? '',
    externalUrl: asked.external_url,
    jwtSecret: asked.jwt_secret,
    active: asked.active,
    data: (asked.data ?? {}) as Json,
    headers: asked.headers ?? {},
    triggers: 0,
    successes: 0,
    failures: 0,
    failuresSinceSuccess: 0,
    lastSuccess: undefined,
    lastFailure: undefined,
    created: state.clock.now(),
    modified: undefined,
  }
  state.webhooks.set(webhook.id, webhook)
  return webhook
}

export function changeWebhook(state: State, webhook: Webhook, given: unknown): void {
  const asked = read(change, given)
  webhook.label = asked.label ?? webhook.label
  webhook.description = asked.description ?? webhook.description
  webhook.externalUrl = asked.external_url ?? webhook.externalUrl
  webhook.jwtSecret = asked.jwt_secret ?? webhook.jwtSecret
  webhook.active = asked.active ?? webhook.active
  webhook.data = (asked.data ?? webhook.data) as Json
  webhook.headers = asked.headers ?? webhook.headers
  webhook.modified = state.clock.now()
}

export const webhookWire = (state: State, webhook: Webhook): JsonObject => ({
  id: webhook.id,
  type: webhook.type,
  object_class: webhook.objectClass,
  label: webhook.label,
  description: webhook.description,
  active: webhook.active,
  external_url: webhook.externalUrl,
  jwt_secret: webhook.jwtSecret, // the real one shows it, too
  http_method: 'POST',
  product: { id: webhook.productId, name: state.products.get(webhook.productId)?.seed.name ?? '', icon: '' },
  data: webhook.data,
  headers: webhook.headers,
  api_url: `${state.publicUrl()}/connect/public/v1`,
  account: { id: connectSeed[webhook.account].accountId, name: connectSeed[webhook.account].name },
  stats: {
    events: webhook.triggers,
    triggers: webhook.triggers,
    success_triggers: webhook.successes,
    failure_triggers: webhook.failures,
    failure_since_last_success: webhook.failuresSinceSuccess,
  },
  last_success: webhook.lastSuccess ? outcome(webhook.lastSuccess, 'success') : null,
  last_failure: webhook.lastFailure ? outcome(webhook.lastFailure, 'failure') : null,
  created_at: stamp(webhook.created),
  modified_at: stampOrNull(webhook.modified),
})

const outcome = (at: Parameters<typeof stamp>[0], status: 'success' | 'failure'): JsonObject => ({
  time: stamp(at),
  status,
  response: {},
  duration: 0,
})
