/** GET /portal/{tenantId}/media/{sha256}/{name}: pictures and documents of offers, for Partner Center to fetch. */
import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsync } from 'fastify'
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { tenantId } from '../../kit/ids.ts'
import { seconds } from '../../kit/time.ts'
import { contentTypeOf, findNamedFile, MEDIA_ROUTE } from '../../tenants/index.ts'

/** Of one client address: a file may be 10 MiB. */
const REQUESTS_PER_MINUTE = 300
const SHA256 = /^[0-9a-f]{64}$/

interface Address {
  Params: { tenantId: string; sha256: string; name: string }
}

/**
 * Anybody may fetch a file that an offer of the tenant names, and nothing else that is stored. What a file is, its first bytes tell, never
 * its name or whoever sent it. The address names the content: it may be kept for good.
 */
export const mediaRoute =
  ({ db }: { readonly db: Db }): FastifyPluginAsync =>
  async (app) => {
    await app.register(rateLimit, {
      max: REQUESTS_PER_MINUTE,
      timeWindow: seconds(60),
      errorResponseBuilder: () => new AppError('ERR_TOO_MANY_REQUESTS'),
    })
    app.get<Address>(MEDIA_ROUTE, async ({ params, headers }, reply) => {
      reply.headers({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      })
      const owner = tenantId.safeParse(params.tenantId)
      const file = owner.success && SHA256.test(params.sha256) ? await findNamedFile(db, owner.data, params.sha256) : undefined
      const contentType = file && contentTypeOf(file.content)
      if (!file || !contentType) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n')
      reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', etag: `"${params.sha256}"` })
      if (headers['if-none-match']?.includes(params.sha256)) return reply.code(304).send()
      return reply.type(contentType).send(Buffer.from(file.content))
    })
  }
