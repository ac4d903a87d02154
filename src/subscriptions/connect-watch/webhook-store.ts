/** Connect's webhooks as we have registered them, their secrets sealed. */
import type { Db, Tx } from '../../database/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { type ProductId, productId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

/** `notReachable`: our address is this machine's. `notAllowed`: the token may not. `switchedOff`: by somebody in Connect. */
export type WebhookState = 'registering' | 'registered' | 'notReachable' | 'notAllowed' | 'switchedOff' | 'refused'

export interface StoredWebhook {
  readonly productId: ProductId
  readonly webhookId: string | undefined
  readonly state: WebhookState
  /** In Connect's words, why not. */
  readonly told: string | undefined
  readonly checkedAt: Instant
}

const placeOf = (tenantId: TenantId, product: string) => ({ tenantId, column: `connect_webhooks.secret.${product}` })

export async function listWebhooks(db: Db, tenantId: TenantId): Promise<readonly StoredWebhook[]> {
  const rows = await db.selectFrom('connect_webhooks').selectAll().where('tenant_id', '=', tenantId).orderBy('product_id').execute()
  return rows.map((row) => ({
    productId: productId.parse(row.product_id),
    webhookId: row.webhook_id ?? undefined,
    state: row.state,
    told: row.told ?? undefined,
    checkedAt: row.checked_at,
  }))
}

/** What a call may be signed with. */
export async function secretsOf(db: Db, keyring: Keyring, tenantId: TenantId): Promise<readonly string[]> {
  const rows = await db.selectFrom('connect_webhooks').select(['product_id', 'secret']).where('tenant_id', '=', tenantId).execute()
  return rows.flatMap(({ product_id, secret }) => (secret === null ? [] : [keyring.open(secret, placeOf(tenantId, product_id))]))
}

/** The secret of the product's webhook; made by `fresh` and stored, before it is told to anybody, where there is none. */
export async function secretOf(
  tx: Tx,
  keyring: Keyring,
  tenantId: TenantId,
  product: ProductId,
  fresh: () => string,
  at: Instant,
): Promise<string> {
  const row = await tx
    .selectFrom('connect_webhooks')
    .select('secret')
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', product)
    .executeTakeFirst()
  if (row?.secret) return keyring.open(row.secret, placeOf(tenantId, product))
  const secret = fresh()
  const sealed = keyring.seal(secret, placeOf(tenantId, product))
  await tx
    .insertInto('connect_webhooks')
    .values({ tenant_id: tenantId, product_id: product, secret: sealed, state: 'registering', checked_at: dateOf(at) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'product_id']).doUpdateSet({ secret: sealed }))
    .execute()
  return secret
}

export async function recordWebhook(tx: Tx, tenantId: TenantId, webhook: StoredWebhook): Promise<void> {
  const values = {
    webhook_id: webhook.webhookId ?? null,
    state: webhook.state,
    told: webhook.told ?? null,
    checked_at: dateOf(webhook.checkedAt),
  }
  await tx
    .insertInto('connect_webhooks')
    .values({ tenant_id: tenantId, product_id: webhook.productId, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'product_id']).doUpdateSet(values))
    .execute()
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
