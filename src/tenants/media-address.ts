/** Where a kept picture or document is fetched from outside: the address Partner Center is given. It names the content, so it never changes its meaning. */
import type { TenantId } from '../kit/ids.ts'

/** As Fastify's router takes it. */
export const MEDIA_ROUTE = '/portal/:tenantId/media/:sha256/:name'

/** @param name what the file was called; it only reads well, the content is named by the hash */
export const mediaUrl = (publicUrl: string, tenantId: TenantId, sha256: string, name: string): string =>
  `${publicUrl}/portal/${tenantId}/media/${sha256}/${encodeURIComponent(name)}`
