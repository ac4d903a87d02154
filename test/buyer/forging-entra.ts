/** An Entra that answers the code exchange with whatever a test forges: to prove what is refused at the real door. */
import formBody from '@fastify/formbody'
import Fastify from 'fastify'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { createKeys, type Keys } from '../../sandbox/entra/keys.ts'

export interface ForgingEntra {
  readonly loginUrl: string
  readonly keys: Keys
  /** What the next code exchange answers as `id_token`. */
  idToken: string
  /** The last code exchange as it came. */
  exchanged: Readonly<Record<string, string>>
  /** Changes the metadata. */
  metadata: Readonly<Record<string, string>>
  /** Changes the published keys. */
  keyIssuer: string | undefined
}

export async function startForgingEntra(): Promise<ForgingEntra> {
  const keys = createKeys()
  const app = Fastify()
  await app.register(formBody)
  const entra: { -readonly [Name in keyof ForgingEntra]: ForgingEntra[Name] } = {
    ...{ loginUrl: '', keys, idToken: '', exchanged: {}, metadata: {}, keyIssuer: undefined },
  }
  app.get('/common/v2.0/.well-known/openid-configuration', async () => ({
    issuer: `${entra.loginUrl}/{tenantid}/v2.0`,
    authorization_endpoint: `${entra.loginUrl}/common/oauth2/v2.0/authorize`,
    token_endpoint: `${entra.loginUrl}/common/oauth2/v2.0/token`,
    jwks_uri: `${entra.loginUrl}/common/discovery/v2.0/keys`,
    ...entra.metadata,
  }))
  app.get('/common/discovery/v2.0/keys', async () => ({
    keys: (await keys.published()).map((key) => ({ ...key, ...(entra.keyIssuer === undefined ? {} : { issuer: entra.keyIssuer }) })),
  }))
  app.post('/common/oauth2/v2.0/token', async (request) => {
    entra.exchanged = z.record(z.string(), z.string()).parse(request.body)
    return { token_type: 'Bearer', id_token: entra.idToken }
  })
  entra.loginUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  afterAll(() => app.close())
  return entra
}
