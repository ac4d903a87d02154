/** For whoever runs the bridge: is the process there, and can it work? */
import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '../database/index.ts'

export const healthRoutes =
  (db: Db): FastifyPluginAsync =>
  async (app) => {
    app.get('/healthz', { logLevel: 'silent' }, async () => ({ status: 'up' }))
    app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
      try {
        await sql`select 1`.execute(db)
        return { status: 'ready' }
      } catch {
        return reply.code(503).send({ status: 'the database does not answer' })
      }
    })
  }
