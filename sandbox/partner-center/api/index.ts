/** The Product Ingestion API, mounted at `/rp/product-ingestion`. */
import type { FastifyPluginAsync } from 'fastify'
import { configureRoutes } from './configure.ts'
import type { ApiDeps } from './deps.ts'
import { frame } from './frame.ts'
import { privateOfferRoutes } from './private-offers.ts'
import { productRoutes } from './products.ts'

export const ingestionApi =
  (deps: ApiDeps): FastifyPluginAsync =>
  async (app) => {
    frame(app, deps)
    configureRoutes(app, deps)
    privateOfferRoutes(app, deps)
    productRoutes(app, deps)
  }
