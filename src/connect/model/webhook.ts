/** A webhook as Connect shows it. Its secret, which reads give back, is left where it is. */
import { z } from 'zod'
import { type ProductId, productId } from '../../kit/ids.ts'
import { flag, idOf, part, text, word } from './read.ts'

const CLASSES = [
  'fulfillment_request',
  'listing_request',
  'usage_file',
  'tier_account_request',
  'billing_request',
  'tier_config_request',
] as const
export type WebhookClass = (typeof CLASSES)[number]

export interface ConnectWebhook {
  readonly id: string
  readonly objectClass: WebhookClass | 'unknown'
  readonly productId?: ProductId | undefined
  readonly url?: string | undefined
  readonly active: boolean
}

export const connectWebhook = z
  .object({
    id: z.string().min(1),
    object_class: word(CLASSES),
    product: part(z.object({ id: idOf(productId) })),
    external_url: text,
    active: flag,
  })
  .transform(
    (wire): ConnectWebhook => ({
      id: wire.id,
      objectClass: wire.object_class,
      productId: wire.product?.id,
      url: wire.external_url,
      active: wire.active ?? true,
    }),
  )
