import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../kit/errors/index.ts'
import { findAsset } from '../assets/index.ts'
import { readParams } from './params.ts'
import { routes } from './paths.ts'

const assetParams = z.object({ name: z.string() })

/** GET /portal/assets/:name - styles, script and icon. A name changes with its content, so a browser may keep it for good. */
export function assetRoute(app: FastifyInstance): void {
  app.get(routes.asset, { config: { rateLimit: false } }, async (request, reply) => {
    const asset = findAsset(readParams(assetParams, request).name)
    if (!asset) throw new AppError('ERR_NOT_FOUND')
    return reply.header('content-type', asset.contentType).header('cache-control', 'public, max-age=31536000, immutable').send(asset.body)
  })
}
