import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { loadKeyring } from './master-key.ts'
import { createKeyring, keyId } from './secrets.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const place = fc.record({ tenantId: fc.constantFrom('', 'a', 'ab', 'larkspur'), column: fc.constantFrom('c', 'bc', 'tenants.token') })
const unreadable = expect.objectContaining({ code: 'ERR_SECRET_UNREADABLE' })
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(''))

describe('a sealed secret', () => {
  test('opens to the same text in the same place', () => {
    fc.assert(
      fc.property(key, text, place, (oneKey, secret, where) => {
        const ring = createKeyring({ keys: [{ key: oneKey }] })
        expect(ring.open(ring.seal(secret, where), where)).toBe(secret)
      }),
    )
  })

  test('opens in no other tenant and no other column', () => {
    fc.assert(
      fc.property(key, text, place, place, (oneKey, secret, where, elsewhere) => {
        fc.pre(where.tenantId !== elsewhere.tenantId || where.column !== elsewhere.column)
        const ring = createKeyring({ keys: [{ key: oneKey }] })
        expect(() => ring.open(ring.seal(secret, where), elsewhere)).toThrow(unreadable)
      }),
    )
  })

  test('does not open once a single character of it was changed', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
    const where = { tenantId: 'larkspur', column: 'tenants.token' }
    fc.assert(
      fc.property(key, text, fc.oneof(fc.nat(), fc.constant(-1)), fc.constantFrom(...alphabet), (oneKey, secret, at, character) => {
        const ring = createKeyring({ keys: [{ key: oneKey }] })
        const sealed = ring.seal(secret, where)
        const index = at < 0 ? sealed.length - 1 : at % sealed.length
        const changed = sealed.slice(0, index) + character + sealed.slice(index + 1)
        fc.pre(changed !== sealed)
        expect(openOrUndefined(() => ring.open(changed, where))).not.toBe(undefined)
      }),
    )
    function openOrUndefined(open: () => string): unknown {
      try {
        open()
        return undefined
      } catch (error) {
        return error
      }
    }
  })

  test('never looks the same twice, and holds nothing of its text', () => {
    const ring = createKeyring({ keys: [{ key: randomBytes(32) }] })
    const where = { tenantId: 'larkspur', column: 'c' }
    const all = new Set(Array.from({ length: 200 }, () => ring.seal('hush-hush', where)))
    expect(all.size).toBe(200)
    expect([...all].join()).not.toMatch(/hush/)
  })

  test('is refused as unreadable, not as a crash, whatever the text', () => {
    const ring = createKeyring({ keys: [{ key: randomBytes(32), kid: 'k' }] })
    const garbage = fc.oneof(
      fc.string(),
      fc.base64String().map((part) => `v1.k.AAAAAAAAAAAAAAAA.${part}`),
    )
    fc.assert(fc.property(garbage, (sealed) => void expect(() => ring.open(sealed, { tenantId: 't', column: 'c' })).toThrow(unreadable)))
  })
})

describe('rotating the master key', () => {
  const where = { tenantId: 'larkspur', column: 'tenants.token' }
  const [older, newer] = [randomBytes(32), randomBytes(32)]
  const before = createKeyring({ keys: [{ key: older }] })
  const during = createKeyring({ keys: [{ key: newer }, { key: older }] })
  const after = createKeyring({ keys: [{ key: newer }] })

  test('what the old key sealed still opens while both are given, and is known as stale', () => {
    const sealed = before.seal('hush-hush', where)
    expect(during.open(sealed, where)).toBe('hush-hush')
    expect(during.isStale(sealed)).toBe(true)
    expect(() => after.open(sealed, where)).toThrow(unreadable)
  })

  test('what is sealed again opens with the new key alone', () => {
    const sealed = during.seal('hush-hush', where)
    expect(during.isStale(sealed)).toBe(false)
    expect(after.open(sealed, where)).toBe('hush-hush')
  })

  test('a ring of no keys, of the same key twice, or of a short key is a mistake of the caller', () => {
    for (const keys of [[], [{ key: older }, { key: older }], [{ key: randomBytes(16) }]]) {
      expect(() => createKeyring({ keys })).toThrow(RangeError)
    }
  })
})

describe('the master key', () => {
  const where = { tenantId: '', column: 'c' }
  const folder = mkdtempSync(join(tmpdir(), 'bridge-key-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is read from base64, base64url and hexadecimal, the current one first', () => {
    const [one, two] = [randomBytes(32), randomBytes(32)]
    for (const written of [one.toString('base64'), one.toString('base64url'), one.toString('hex')]) {
      const ring = loadKeyring({ kind: 'value', text: `${written}, ${two.toString('hex')}` })
      expect(ring.seal('x', where).split('.')[1]).toBe(keyId(one))
      expect(ring.open(createKeyring({ keys: [{ key: two }] }).seal('x', where), where)).toBe('x')
    }
  })

  test('is read from a file, one a line', () => {
    const path = join(folder, 'two-keys')
    const [one, two] = [randomBytes(32), randomBytes(32)]
    writeFileSync(path, `${one.toString('base64')}\n${two.toString('base64')}\n`)
    expect(loadKeyring({ kind: 'file', path }).seal('x', where).split('.')[1]).toBe(keyId(one))
  })

  test('is made once, for our eyes only, and is the same the next time', () => {
    const path = join(folder, 'new', 'master-key')
    const sealed = loadKeyring({ kind: 'createdOnce', path }).seal('hush-hush', where)
    expect(loadKeyring({ kind: 'createdOnce', path }).open(sealed, where)).toBe('hush-hush')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64').length).toBe(32)
  })

  test('that is missing, short or no key at all is ERR_MASTER_KEY, and the error does not hold it', () => {
    const sources = [
      { kind: 'file', path: join(folder, 'not-there') },
      { kind: 'value', text: 'hush-hush' },
      { kind: 'value', text: ' ' },
    ] as const
    for (const source of sources) {
      const error = caught(() => loadKeyring(source))
      expect(error).toMatchObject({ code: 'ERR_MASTER_KEY' })
      expect(JSON.stringify(error)).not.toMatch(/hush/)
    }
  })
})

function caught(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
