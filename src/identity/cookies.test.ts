import { expect, test } from 'vitest'
import { tenantId } from '../kit/ids.ts'
import { browserCookie, sessionCookie } from './cookies.ts'

const larkspur = tenantId.parse('larkspur')

test('over https cookies are Secure and bound to the host by their name; they are never open to scripts or sent with foreign forms', () => {
  for (const { name, options } of [sessionCookie('https://bridge.example', larkspur), browserCookie('https://bridge.example')]) {
    expect(name).toMatch(/^__Host-/)
    expect(options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
  }
})

test('on a plain http loopback address, where browsers refuse both, they go without', () => {
  const { name, options } = sessionCookie('http://127.0.0.1:3000', larkspur)
  expect([name, options.secure]).toEqual(['bridge-buyer-larkspur', false])
})

test("each publisher's pages have a session of their own", () => {
  expect(sessionCookie('https://bridge.example', tenantId.parse('other')).name).not.toBe(
    sessionCookie('https://bridge.example', larkspur).name,
  )
})
