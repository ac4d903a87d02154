import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Script, startScriptedServer } from '../../../test/helpers/scripted-server.ts'
import { createHttp } from '../../kit/http.ts'
import { entraClientId, entraTenantId } from '../../kit/ids.ts'
import { silentLog } from '../../kit/log.ts'
import { days, hours, minutes, seconds, standingClock } from '../../kit/time.ts'
import { createTokenProof } from './verify.ts'

const TENANT = '6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201'
const APP = 'a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10'
const MARKETPLACE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7'
const OTHER = '00000000-0000-4000-8000-000000000000'
const NOW = '2030-05-01T12:00:00Z'
const AT = Date.parse(NOW) / 1000
const expected = { tenantId: entraTenantId.parse(TENANT), clientId: entraClientId.parse(APP) }

interface Signer {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

async function makeSigner(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } }
}

/** Stands for Entra: publishes what `entra.keys` holds. */
async function scriptedProof(initial: readonly Signer[]) {
  const entra = { keys: initial, up: true }
  const script: Script = ({ path }) => {
    if (!entra.up) return { status: 503 }
    const known = path === `/login/${TENANT}/discovery/keys` || path === `/login/${TENANT}/discovery/v2.0/keys`
    return known ? { body: { keys: [{ kty: 'EC', kid: 'odd' }, ...entra.keys.map((signer) => signer.publicJwk)] } } : { status: 404 }
  }
  const server = await startScriptedServer(script)
  const clock = standingClock(NOW)
  const http = createHttp({ clock, pause: () => Promise.resolve() })
  onTestFinished(() => http.close())
  const urls = { loginUrl: new URL('/login/', server.url), stsUrl: new URL('/sts', server.url) }
  const verify = createTokenProof({ http, ...urls, clock, log: silentLog })
  const issuers = { v1: `${server.url.origin}/sts/${TENANT}/`, v2: `${server.url.origin}/login/${TENANT}/v2.0` }
  return { entra, clock, server, issuers, verify: (token: string) => verify(`Bearer ${token}`, expected), verifyHeader: verify }
}
type Bench = Awaited<ReturnType<typeof scriptedProof>>

const v1Claims = (bench: Bench) => ({ ver: '1.0', aud: APP, tid: TENANT, appid: MARKETPLACE, iss: bench.issuers.v1, ...times })
const v2Claims = (bench: Bench) => ({ ver: '2.0', aud: APP, tid: TENANT, azp: MARKETPLACE, iss: bench.issuers.v2, ...times })
const times = { iat: AT, nbf: AT, exp: AT + 3600 }

const signed = (claims: Record<string, unknown>, signer: Signer, header: Record<string, unknown> = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: signer.kid, ...header }).sign(signer.privateKey)

/** Key pairs are slow to make; nothing changes them. */
const signers = { one: await makeSigner('one'), two: await makeSigner('two') }

describe('a token of Microsoft’s', () => {
  test.each(['v1', 'v2'] as const)('%s is proved with that version’s keys and issuer', async (version) => {
    const bench = await scriptedProof([signers.one])
    const token = await signed(version === 'v1' ? v1Claims(bench) : v2Claims(bench), signers.one)
    expect(await bench.verify(token)).toMatchObject({ ok: true, version, claims: { tid: TENANT } })
    expect(bench.server.seen.map((request) => request.path)).toEqual([
      `/login/${TENANT}/discovery/${version === 'v1' ? 'keys' : 'v2.0/keys'}`,
    ])
  })

  test.each([APP.toUpperCase(), `api://${APP}`, `api://contoso.example/${APP}`, `spn:${APP}`])('may name the app as %s', async (aud) => {
    const bench = await scriptedProof([signers.one])
    expect(await bench.verify(await signed({ ...v1Claims(bench), aud }, signers.one))).toMatchObject({ ok: true })
  })

  test('is proved inside five minutes of wrong clocks', async () => {
    const bench = await scriptedProof([signers.one])
    const early = await signed({ ...v1Claims(bench), nbf: AT + 299, exp: AT + 3600 }, signers.one)
    const late = await signed({ ...v1Claims(bench), nbf: AT - 3600, exp: AT - 299 }, signers.one)
    expect([await bench.verify(early), await bench.verify(late)]).toMatchObject([{ ok: true }, { ok: true }])
  })
})

describe('a bad token', () => {
  test.each([
    ['missing', undefined],
    ['missing', ''],
    ['missing', 'Basic abc'],
    ['missing', 'Bearer'],
    ['malformed', 'Bearer abc'],
    ['malformed', `Bearer ${'a'.repeat(20_000)}`],
  ])('is told as %s: %s', async (reason, header) => {
    const bench = await scriptedProof([signers.one])
    expect(await bench.verifyHeader(header, expected)).toEqual({ ok: false, refused: 'bad', reason })
  })

  test.each([
    ['otherAudience', { aud: OTHER }],
    ['otherAudience', { aud: `${APP}.evil.example` }],
    ['otherAudience', { aud: `evil://x/${APP}` }],
    ['otherTenant', { tid: OTHER }],
    ['otherCaller', { appid: OTHER }],
    ['otherCaller', { appid: undefined, azp: undefined }],
    ['otherIssuer', { iss: `https://sts.windows.net/${TENANT}/` }],
    ['otherIssuer', { ver: '2.0' }],
    ['expired', { nbf: AT - 7200, exp: AT - 301 }],
    ['notYetValid', { nbf: AT + 301 }],
    ['claims', { exp: undefined }],
    ['claims', { ver: '3.0' }],
    ['claims', { aud: [APP, OTHER] }],
  ])('is told as %s: %o', async (reason, wrong) => {
    const bench = await scriptedProof([signers.one])
    const token = await signed({ ...v1Claims(bench), ...wrong }, signers.one)
    expect(await bench.verify(token)).toEqual({ ok: false, refused: 'bad', reason })
    expect(bench.server.seen).toHaveLength(0) // junk does not make us call Entra
  })

  test('signed by another key under a known key id is told as signature', async () => {
    const bench = await scriptedProof([signers.one])
    const forged = await signed(v1Claims(bench), { ...signers.two, kid: 'one' })
    expect(await bench.verify(forged)).toEqual({ ok: false, refused: 'bad', reason: 'signature' })
  })

  test('with a claim changed after signing is told as signature', async () => {
    const bench = await scriptedProof([signers.one])
    const [header, , signature] = (await signed(v1Claims(bench), signers.one)).split('.')
    const changed = Buffer.from(JSON.stringify({ ...v1Claims(bench), exp: AT + 9999 })).toString('base64url')
    expect(await bench.verify(`${header}.${changed}.${signature}`)).toMatchObject({ refused: 'bad', reason: 'signature' })
  })

  test('without a signature, or with the public key as a shared secret, is told as algorithm', async () => {
    const bench = await scriptedProof([signers.one])
    const payload = Buffer.from(JSON.stringify(v1Claims(bench))).toString('base64url')
    const none = `${Buffer.from('{"alg":"none","kid":"one"}').toString('base64url')}.${payload}.`
    const shared = await new SignJWT(v1Claims(bench)).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from('x'.repeat(64)))
    expect([await bench.verify(none), await bench.verify(shared)]).toMatchObject([{ reason: 'algorithm' }, { reason: 'algorithm' }])
  })

  test('with a critical header we do not know is refused', async () => {
    const bench = await scriptedProof([signers.one])
    const [, payload, signature] = (await signed(v1Claims(bench), signers.one)).split('.')
    const header = Buffer.from('{"alg":"RS256","kid":"one","crit":["odd"],"odd":1}').toString('base64url')
    expect(await bench.verify(`${header}.${payload}.${signature}`)).toMatchObject({ ok: false, refused: 'bad' })
  })
})

describe('a token that comes again', () => {
  test('is judged anew: by the time, by whom it is meant for, and by whether its key is still Entra’s', async () => {
    const bench = await scriptedProof([signers.one])
    const token = await signed({ ...v1Claims(bench), exp: AT + days(3) / 1000 }, signers.one)
    const short = await signed(v1Claims(bench), signers.one)
    const again = async () => [await bench.verify(token), await bench.verify(short)]
    expect(await again()).toMatchObject([{ ok: true }, { ok: true }])
    expect(await again()).toMatchObject([{ ok: true }, { ok: true }])
    const otherApp = { ...expected, clientId: entraClientId.parse(OTHER) }
    expect(await bench.verifyHeader(`Bearer ${token}`, otherApp)).toEqual({ ok: false, refused: 'bad', reason: 'otherAudience' })
    bench.clock.moveBy(hours(25))
    expect(await again()).toMatchObject([{ ok: true }, { reason: 'expired' }])
    bench.entra.keys = [{ ...signers.two, kid: 'one', publicJwk: { ...signers.two.publicJwk, kid: 'one' } }]
    bench.clock.moveBy(hours(25))
    expect(await bench.verify(token)).toEqual({ ok: false, refused: 'bad', reason: 'signature' })
  })
})

describe('the keys', () => {
  const isOk = async (bench: Bench, signer: Signer) => (await bench.verify(await signed(v1Claims(bench), signer))).ok

  test('are fetched once for many messages', async () => {
    const bench = await scriptedProof([signers.one])
    expect(await Promise.all(Array.from({ length: 10 }, () => isOk(bench, signers.one)))).not.toContain(false)
    expect(bench.server.seen).toHaveLength(1)
  })

  test('are fetched again at once for a new key id: a roll-over loses no message', async () => {
    const bench = await scriptedProof([signers.one])
    await isOk(bench, signers.one)
    bench.entra.keys = [signers.one, signers.two]
    expect(await isOk(bench, signers.two)).toBe(true)
  })

  test('an id that Entra does not have is bad; one that Entra could not be asked about is unverifiable', async () => {
    const bench = await scriptedProof([signers.one])
    const token = await signed(v1Claims(bench), signers.two)
    expect(await bench.verify(token)).toEqual({ ok: false, refused: 'bad', reason: 'unknownKey' })
    bench.entra.up = false
    expect(await bench.verify(token)).toEqual({ ok: false, refused: 'unverifiable', reason: 'keysUnreachable' })
  })

  test('old ones go on proving while Entra is out of reach, and are given up once it says so', async () => {
    const bench = await scriptedProof([signers.one])
    await isOk(bench, signers.one)
    bench.entra.up = false
    bench.clock.moveBy(hours(25))
    const shifted = { ...v1Claims(bench), exp: AT + days(3) / 1000 }
    expect(await bench.verify(await signed(shifted, signers.one))).toMatchObject({ ok: true })
    bench.entra.up = true
    bench.entra.keys = [signers.two]
    bench.clock.moveBy(minutes(2))
    expect(await bench.verify(await signed(shifted, signers.one))).toEqual({ ok: false, refused: 'bad', reason: 'unknownKey' })
  })

  test('never fetched: unverifiable, and proved as soon as Entra answers', async () => {
    const bench = await scriptedProof([signers.one])
    bench.entra.up = false
    const token = await signed(v1Claims(bench), signers.one)
    expect(await bench.verify(token)).toMatchObject({ refused: 'unverifiable' })
    bench.entra.up = true
    expect(await bench.verify(token)).toMatchObject({ ok: true })
  })

  test('a flood of made-up key ids makes few calls, and the messages in it are sent again later, not refused', async () => {
    const bench = await scriptedProof([signers.one])
    await isOk(bench, signers.one)
    const outcomes: unknown[] = []
    for (let n = 0; n < 30; n++) outcomes.push(await bench.verify(await signed(v1Claims(bench), { ...signers.two, kid: `made-up-${n}` })))
    expect(bench.server.seen.length).toBeLessThan(10)
    expect(outcomes.at(-1)).toMatchObject({ refused: 'unverifiable' })
    expect(await isOk(bench, signers.one)).toBe(true)
    bench.clock.moveBy(minutes(1) + seconds(1))
    bench.entra.keys = [signers.one, signers.two]
    expect(await isOk(bench, signers.two)).toBe(true)
  })
})
