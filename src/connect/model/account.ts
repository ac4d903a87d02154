/** Whose token it is, and the vendor's buttons for a customer. */
import { z } from 'zod'
import { part, text, word } from './read.ts'

export interface ConnectContext {
  readonly accountId: string
  readonly accountName?: string | undefined
  /** By the id's prefix: `PA-` distributor ("provider"), `VA-` vendor. */
  readonly role: 'provider' | 'vendor' | 'unknown'
  readonly userId?: string | undefined
}

export interface ProductAction {
  readonly id: string
  /** The vendor's own key of it. */
  readonly action?: string | undefined
  readonly title: string
  readonly description?: string | undefined
  readonly scope: 'asset' | 'tier1' | 'tier2' | 'unknown'
}

export const connectContext = z
  .object({ account: z.object({ id: z.string().min(1), name: text }), user: part(z.object({ id: text })) })
  .transform(
    ({ account, user }): ConnectContext => ({
      accountId: account.id,
      accountName: account.name,
      role: account.id.startsWith('PA-') ? 'provider' : account.id.startsWith('VA-') ? 'vendor' : 'unknown',
      userId: user?.id,
    }),
  )

export const productAction = z
  .object({ id: z.string().min(1), action: text, title: text, name: text, description: text, scope: word(['asset', 'tier1', 'tier2']) })
  .transform(
    (wire): ProductAction => ({
      id: wire.id,
      action: wire.action,
      title: wire.title ?? wire.name ?? wire.id,
      description: wire.description,
      scope: wire.scope,
    }),
  )
