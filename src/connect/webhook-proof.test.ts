import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { instant, minutes, plus, seconds } from '../kit/time.ts'
import { proveWebhook } from './webhook-proof.ts'

const now = instant('2026-03-02T09:15:00Z')
const SECRET = 'a-secret-of-the-webhook'

const sign = (claims: { iat?: number; exp?: number; nbf?: number } = {}, secret = SECRET, alg = 'HS256') =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret))
const at = (by: number) => plus(now, by).getTime() / 1000
const bearer = async (token: Promise<string>) => `Bearer ${await token}`

test('a call signed with the secret is proved, whatever it claims', async () => {
  expect(await proveWebhook(await bearer(sign()), [SECRET], now)).toEqual({ proved: true })
  expect(await proveWebhook(await bearer(sign({ iat: at(0), exp: at(minutes(1)) })), [SECRET], now)).toEqual({ proved: true })
})

test('while a secret is being replaced both are taken', async () => {
  expect(await proveWebhook(await bearer(sign({}, 'new')), [SECRET, 'new'], now)).toEqual({ proved: true })
  expect(await proveWebhook(await bearer(sign({}, 'older')), [SECRET, 'new'], now)).toEqual({ proved: false, reason: 'wrongSignature' })
})

test('clocks may be five minutes apart, not more', async () => {
  const edge = minutes(5) - seconds(1)
  expect(await proveWebhook(await bearer(sign({ exp: at(-edge) })), [SECRET], now)).toEqual({ proved: true })
  expect(await proveWebhook(await bearer(sign({ nbf: at(edge) })), [SECRET], now)).toEqual({ proved: true })
  const late = minutes(5) + seconds(2)
  expect(await proveWebhook(await bearer(sign({ exp: at(-late) })), [SECRET], now)).toEqual({ proved: false, reason: 'expired' })
  expect(await proveWebhook(await bearer(sign({ nbf: at(late) })), [SECRET], now)).toEqual({ proved: false, reason: 'notYetValid' })
})

test('anything else is told apart and never proved', async () => {
  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{}')}.`.replaceAll('=', '')
  expect(await proveWebhook(undefined, [SECRET], now)).toEqual({ proved: false, reason: 'missing' })
  expect(await proveWebhook('ApiKey x', [SECRET], now)).toEqual({ proved: false, reason: 'malformed' })
  expect(await proveWebhook('Bearer not.a.jwt', [SECRET], now)).toEqual({ proved: false, reason: 'malformed' })
  expect(await proveWebhook(`Bearer ${unsigned}`, [SECRET], now)).toMatchObject({ proved: false })
  expect(await proveWebhook(await bearer(sign({}, SECRET.repeat(4), 'HS512')), [SECRET], now)).toEqual({
    proved: false,
    reason: 'wrongAlgorithm',
  })
})

test('without a secret nobody gets in', async () => {
  await expect(proveWebhook(await bearer(sign()), [], now)).rejects.toThrow(TypeError)
  await expect(proveWebhook(await bearer(sign()), [''], now)).rejects.toThrow(TypeError)
})
