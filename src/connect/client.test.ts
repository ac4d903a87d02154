import { describe, expect, test } from 'vitest'
import * as answers from '../../test/contract/connect/answers.ts'
import { type LocalConnect, type Reply, startLocalConnect, TOKEN } from '../../test/contract/connect/local-connect.ts'
import { readRql } from '../../test/contract/connect/rql-reader.ts'
import { ApiError } from '../kit/errors/index.ts'
import { createHttp } from '../kit/http.ts'
import { assetId, connectionId, itemId, productId, requestId } from '../kit/ids.ts'
import { createLog } from '../kit/log.ts'
import { instant, seconds } from '../kit/time.ts'
import { createConnect } from './index.ts'

const anAsset = assetId.parse(answers.ids.asset)
const change = { assetId: anAsset, items: [{ itemId: itemId.parse('PRD-417-220-905-0001'), quantity: 40 }] }
const fails = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await promise.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof ApiError) return error
  throw error
}
const always = (reply: Reply) => (): Reply => reply
const first =
  (...replies: readonly Reply[]) =>
  (_: unknown, nth: number): Reply =>
    replies[nth - 1] ?? { body: answers.request }

describe('the token', () => {
  test('is sent verbatim, to the configured address only', async () => {
    await using connect = await startLocalConnect(always({ status: 302, headers: { location: 'http://127.0.0.1:1/steal' } }))
    expect(await fails(connect.client.context())).toMatchObject({ code: 'ERR_CONNECT_UNEXPECTED_ANSWER', status: 302 })
    expect(connect.received).toHaveLength(1)
    expect(connect.received[0]?.headers['authorization']).toBe(TOKEN)
    expect(connect.received[0]?.headers['user-agent']).toBe('marketplace-bridge')
  })

  test('never appears in errors or logs, nor do mail addresses Connect echoes', async () => {
    const lines: string[] = []
    const reply = { status: 400, body: { error_code: 'VAL_001', errors: ['email: "it@fabrikam.example" is not valid.'] } }
    await using connect = await startLocalConnect(always(reply))
    const http = createHttp()
    const log = createLog('trace', { write: (line) => lines.push(line) })
    const error = await fails(createConnect({ http, baseUrl: connect.baseUrl, apiKey: TOKEN, log }).context())
    await http.close()
    const told = JSON.stringify([error.message, error.facts, error.body, String(error.stack), lines])
    expect(lines).toHaveLength(1)
    expect(told).toContain('VAL_001')
    expect(told).not.toContain('very-secret')
    expect(told).not.toContain('it@fabrikam.example')
  })

  test.each(['ApiKey x:y\n', ' ApiKey x:y', 'ApiKey x:ÿ', ''])(
    'with characters no header can carry is unauthorised before anything is sent: %j',
    async (apiKey) => {
      await using connect = await startLocalConnect(always({ body: answers.context }), apiKey)
      expect(await fails(connect.client.context())).toMatchObject({ code: 'ERR_CONNECT_UNAUTHORIZED' })
      expect(connect.received).toHaveLength(0)
    },
  )

  test('an address with a user, a query or another scheme is refused', () => {
    const make = (baseUrl: string) => () => createConnect({ http: createHttp(), baseUrl, apiKey: TOKEN })
    expect(make('https://user@connect.example/')).toThrow(TypeError)
    expect(make('https://connect.example/?a=1')).toThrow(TypeError)
    expect(make('ftp://connect.example/')).toThrow(TypeError)
  })
})

describe('failures', () => {
  test.each([
    [400, 'ERR_CONNECT_INVALID'],
    [401, 'ERR_CONNECT_UNAUTHORIZED'],
    [403, 'ERR_CONNECT_FORBIDDEN'],
    [404, 'ERR_CONNECT_NOT_FOUND'],
    [409, 'ERR_CONNECT_CONFLICT'],
    [429, 'ERR_CONNECT_UNAVAILABLE'],
    [503, 'ERR_CONNECT_UNAVAILABLE'],
    [418, 'ERR_CONNECT_UNEXPECTED_ANSWER'],
  ])('%i becomes %s with Connect’s code and words', async (status, code) => {
    const body = { error_code: 'X_001', errors: ['Because.'] }
    await using connect = await startLocalConnect(always({ status, body, headers: { 'x-request-id': 'r-1' } }))
    const error = await fails(connect.client.requests.get(requestId.parse('PR-1')))
    expect(error).toMatchObject({
      code,
      status,
      requestId: 'r-1',
      outcomeUnknown: false,
      facts: { errorCode: 'X_001', messages: ['Because.'] },
    })
  })

  test('a gateway’s HTML page is no crash: bad status or good, it has a code and its text stays out of the error', async () => {
    const page = '<html>secret backend 10.0.0.7</html>'
    await using connect = await startLocalConnect((_, nth) => (nth === 1 ? { body: page } : { status: 404, body: page }))
    const unreadable = await fails(connect.client.context())
    expect(unreadable).toMatchObject({ code: 'ERR_CONNECT_UNEXPECTED_ANSWER', facts: { contentType: 'text/html', fields: ['not JSON'] } })
    const missing = await fails(connect.client.context())
    expect(missing).toMatchObject({ code: 'ERR_CONNECT_NOT_FOUND' })
    expect(JSON.stringify([unreadable.facts, unreadable.message, missing.facts, missing.message])).not.toContain('backend')
  })

  test('an answer of another shape names the fields, not their values', async () => {
    await using connect = await startLocalConnect(always({ body: { account: { id: 17, name: 'Secret Corp' } } }))
    const error = await fails(connect.client.context())
    expect(error.code).toBe('ERR_CONNECT_UNEXPECTED_ANSWER')
    expect(JSON.stringify(error.facts)).toContain('account.id')
    expect(JSON.stringify([error.facts, error.message])).not.toContain('Secret Corp')
  })

  test.each([
    [
      ['One.', 7, 'Two.'],
      ['One.', 'Two.'],
    ],
    ['Alone.', ['Alone.']],
    [{ city: ['Missing.'], name: 'Too long.' }, ['city: Missing.', 'name: Too long.']],
    [null, []],
  ])('Connect’s words are found in %j', async (errors, messages) => {
    await using connect = await startLocalConnect(always({ status: 400, body: { errors } }))
    expect((await fails(connect.client.context())).facts['messages']).toEqual(messages)
  })

  test('an id that would climb the path is a caller bug', async () => {
    await using connect = await startLocalConnect(always({}))
    expect(() => connect.client.products.get(productId.parse('..'))).toThrow(RangeError)
    await connect.client.products.get(productId.parse('a/b?c')).catch(() => undefined)
    expect(connect.received.map(({ path }) => path)).toEqual(['/products/a%2Fb%3Fc'])
  })

  test('an abort passes through as the caller’s own reason', async () => {
    await using connect = await startLocalConnect(always({ body: answers.context }))
    await expect(connect.client.context(AbortSignal.abort(new Error('lease lost')))).rejects.toThrow('lease lost')
  })
})

describe('repeating', () => {
  test('a read is repeated after a lost answer, a 5xx and as Retry-After says', async () => {
    const busy = { status: 429, headers: { 'retry-after': '3' }, body: {} }
    await using connect = await startLocalConnect(first({ cut: true }, busy))
    expect(await connect.client.requests.get(requestId.parse(answers.ids.request))).toMatchObject({ status: 'approved' })
    expect(connect.received).toHaveLength(3)
    expect(connect.pauses[1]).toBe(seconds(3))
  })

  test.each([
    ['a lost answer', { cut: true }],
    ['a 500', { status: 500, body: 'down' }],
    ['a 504', { status: 504, body: 'late' }],
  ])('an order is never repeated after %s, and says that it may have been placed', async (_, reply) => {
    await using connect = await startLocalConnect(first(reply))
    expect(await fails(connect.client.requests.createChange(change))).toMatchObject({
      code: 'ERR_CONNECT_UNAVAILABLE',
      outcomeUnknown: true,
    })
    expect(connect.received).toHaveLength(1)
  })

  test('an order is repeated after 429, which had no effect', async () => {
    await using connect = await startLocalConnect(first({ status: 429, body: {} }, { status: 201, body: answers.request }))
    expect(await connect.client.requests.createChange(change)).toMatchObject({ outcome: 'created' })
    expect(connect.received).toHaveLength(2)
  })

  test('an order that was placed but answered unreadably says so', async () => {
    await using connect = await startLocalConnect(always({ status: 201, body: 'ok' }))
    expect(await fails(connect.client.requests.createChange(change))).toMatchObject({
      code: 'ERR_CONNECT_UNEXPECTED_ANSWER',
      outcomeUnknown: true,
    })
  })

  test('an order that never left is known to have had no effect', async () => {
    const http = createHttp({ pause: async () => undefined })
    const client = createConnect({ http, baseUrl: 'http://127.0.0.1:1/public/v1', apiKey: TOKEN })
    expect(await fails(client.requests.createChange(change))).toMatchObject({ code: 'ERR_CONNECT_UNAVAILABLE', outcomeUnknown: false })
    await http.close()
  })
})

describe('look-ups', () => {
  const onlySearch = (connect: LocalConnect) => readRql(connect.received[0]?.search ?? '')

  test('the newest request of an order is asked for by uid and type, drafts left out', async () => {
    await using connect = await startLocalConnect(always({ body: [answers.request] }))
    const found = await connect.client.requests.latestOf(answers.ids.uid, 'purchase', {
      connectionIds: [connectionId.parse(answers.ids.connection)],
    })
    expect(found?.id).toBe(answers.ids.request)
    expect(onlySearch(connect)).toEqual([
      { kind: 'comparison', operator: 'in', property: 'type', values: ['purchase'] },
      {
        kind: 'comparison',
        operator: 'in',
        property: 'status',
        values: ['tiers_setup', 'pending', 'inquiring', 'scheduled', 'revoking', 'approved', 'failed', 'revoked'],
      },
      { kind: 'comparison', operator: 'in', property: 'asset.connection.id', values: [answers.ids.connection] },
      { kind: 'comparison', operator: 'eq', property: 'asset.external_uid', values: [answers.ids.uid] },
      { kind: 'select', properties: ['-asset.configuration'] },
      { kind: 'ordering', properties: ['-created'] },
      { kind: 'pair', property: 'limit', value: '1' },
    ])
  })

  test('an asset is found by uid, product and connection; nothing there is undefined', async () => {
    await using connect = await startLocalConnect((_, nth) => ({ body: nth === 1 ? [answers.asset] : [] }))
    const find = () =>
      connect.client.assets.findByExternalUid(
        productId.parse(answers.ids.product),
        connectionId.parse(answers.ids.connection),
        answers.ids.uid,
      )
    expect((await find())?.id).toBe(answers.ids.asset)
    expect(await find()).toBeUndefined()
  })

  test('an asset listed without its items is read whole', async () => {
    const { items: _, ...slim } = answers.asset
    await using connect = await startLocalConnect(({ path }) => ({ body: path === '/assets' ? [slim] : answers.asset }))
    const found = await connect.client.assets.findByExternalUid(productId.parse('P'), connectionId.parse('C'), 'u')
    expect(found?.items).toHaveLength(3)
  })

  test('changed requests are asked for by time', async () => {
    await using connect = await startLocalConnect(always({ body: [] }))
    await connect.client.requests.list({ updatedSince: instant('2026-03-02T09:00:00Z'), statuses: ['approved'] })
    expect(onlySearch(connect)).toContainEqual({
      kind: 'comparison',
      operator: 'ge',
      property: 'updated',
      values: ['2026-03-02T09:00:00.000Z'],
    })
  })
})

describe('texts and links', () => {
  test('the activation text comes as Markdown in the language asked for', async () => {
    await using connect = await startLocalConnect(always({ body: '# Hallo', headers: { 'content-type': 'text/markdown' } }))
    expect(await connect.client.assets.render(anAsset, 'de')).toBe('# Hallo')
    expect(connect.received[0]?.headers).toMatchObject({ accept: 'text/markdown', 'connect-localization': 'DE' })
  })

  test('a language Connect does not know brings the text in its own', async () => {
    const refused = { status: 400, body: { error_code: 'VAL_001', errors: ['Unknown locale.'] } }
    await using connect = await startLocalConnect(({ headers }) => (headers['connect-localization'] ? refused : { body: '# Hello' }))
    expect(await connect.client.assets.render(anAsset, 'de-XX')).toBe('# Hello')
  })

  test('an action link is asked for the asset; one a browser would run is refused', async () => {
    await using connect = await startLocalConnect((_, nth) => ({
      body: { link: nth === 1 ? 'https://larkspur.example/sso?jwt=x' : 'javascript:x' },
    }))
    const link = () => connect.client.actions.link(productId.parse(answers.ids.product), 'ACT-220-905-001', anAsset)
    expect(await link()).toBe('https://larkspur.example/sso?jwt=x')
    expect(connect.received[0]?.search).toBe('?asset_id=AS-2201-9917-0440')
    expect(await fails(link())).toMatchObject({ code: 'ERR_CONNECT_UNEXPECTED_ANSWER' })
  })
})
