/** Webhooks: Connect calls an address of ours when something of one product has changed. */
import type { ProductId } from '../../kit/ids.ts'
import { type ConnectApi, path, send } from '../api.ts'
import { type ConnectWebhook, connectWebhook, type WebhookClass } from '../model/webhook.ts'
import { readAll } from '../paging.ts'
import { eq } from '../rql.ts'

export interface NewWebhook {
  readonly productId: ProductId
  readonly objectClass: WebhookClass
  /** Up to 100 characters. */
  readonly label: string
  readonly description: string
  readonly url: string
  /** Up to 100 characters; the calls are signed with it (HS256). */
  readonly secret: string
}

export const createWebhooks = (api: ConnectApi) => ({
  /** Those of the token's own account for the product. */
  list: (productId: ProductId, signal?: AbortSignal): Promise<readonly ConnectWebhook[]> =>
    readAll(
      api,
      { path: path`/notifications/webhooks`, reader: connectWebhook, idOf: (webhook) => webhook.id },
      { where: [eq('product.id', productId), eq('type', 'event')] },
      signal,
    ),
  /** Not repeatable: look it up first. @throws ApiError `ERR_CONNECT_FORBIDDEN` when the token may not. */
  create: (webhook: NewWebhook, signal?: AbortSignal): Promise<ConnectWebhook> =>
    send(api, { method: 'POST', path: path`/notifications/webhooks`, body: bodyOf(webhook), signal }, connectWebhook),
  update: (id: string, webhook: NewWebhook, signal?: AbortSignal): Promise<ConnectWebhook> =>
    send(api, { method: 'PUT', path: path`/notifications/webhooks/${id}`, body: bodyOf(webhook), signal }, connectWebhook),
})

const bodyOf = ({ productId, objectClass, label, description, url, secret }: NewWebhook) => ({
  type: 'event',
  object_class: objectClass,
  label,
  product_id: productId,
  description,
  external_url: url,
  jwt_secret: secret,
  active: true,
  http_method: 'POST',
})
