/** Remote control of Entra: certificates, secrets, token versions, key rotation. */
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { instant } from '../../src/kit/time.ts'
import type { EntraWorld } from '../entra/index.ts'

const certificate = z.strictObject({ jwk: z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() }) })
const secret = z.strictObject({ value: z.string(), expiresAt: z.iso.datetime().optional() })
const appChange = z.strictObject({
  tenantId: z.guid().optional(),
  tokenVersion: z.union([z.literal(1), z.literal(2)]).optional(),
  secrets: z.array(secret).optional(),
})
const rotation = z.strictObject({ keepOld: z.boolean().default(true) })

interface ByApp {
  Params: { clientId: string }
}

export const entraControl =
  (world: EntraWorld): FastifyPluginAsync =>
  async (app) => {
    app.post<ByApp>('/apps/:clientId/certificates', async ({ params: { clientId }, body }, reply) => {
      world.registerCertificate(clientId, certificate.parse(body).jwk)
      return reply.code(204).send()
    })
    app.put<ByApp>('/apps/:clientId', async ({ params: { clientId }, body }, reply) => {
      const { tenantId, tokenVersion, secrets } = appChange.parse(body)
      world.apps.set(clientId, {
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(tokenVersion === undefined ? {} : { tokenVersion }),
        ...(secrets === undefined ? {} : { secrets: secrets.map(({ value, expiresAt }) => withExpiry(value, expiresAt)) }),
      })
      return reply.code(204).send()
    })
    app.post('/rotate', async ({ body }, reply) => {
      await world.keys.rotate(rotation.parse(body ?? {}))
      return reply.code(204).send()
    })
  }

const withExpiry = (value: string, expiresAt: string | undefined) =>
  expiresAt === undefined ? { value } : { value, expiresAt: instant(expiresAt) }
