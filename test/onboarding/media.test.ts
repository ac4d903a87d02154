/** Pictures of offers: kept once, fetched from outside at an address that names their content, judged by Microsoft's sizes. */
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptOffers, showOffers } from '../../src/catalogue/index.ts'
import { offerId } from '../../src/kit/ids.ts'
import { instant } from '../../src/kit/time.ts'
import { keepFile, mediaUrl, saveOfferContent } from '../../src/tenants/index.ts'
import { sha256Of } from '../../src/tenants/model/media.ts'
import { createWorld, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

/** A PNG's header with this size; no picture behind it. */
const png = (width: number, height: number): Buffer => {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), size, deflateSync(Buffer.alloc(9))])
}

async function keep(content: Buffer, contentType: string): Promise<string> {
  const sha256 = sha256Of(content)
  await world.database.db
    .transaction()
    .execute((tx) => keepFile(tx, TENANT, { sha256, name: 'x', contentType, content }, world.clock.now()))
  return sha256
}

async function name(media: Parameters<typeof saveOfferContent>[3]['content']['media']): Promise<void> {
  const [offer] = (await keptOffers(world.database.db, TENANT, NOTES)).offers
  if (!offer) throw new Error('the product has no offer')
  const save = { offerId: offerId.parse(offer.id), content: { ...offer.content, media }, leadSecret: undefined }
  await world.database.db.transaction().execute((tx) => saveOfferContent(tx, world.keyring, TENANT, save, instant(world.clock.now())))
}

const fetched = (sha256: string, headers = {}) => world.bridge.app.inject({ url: mediaUrl('', TENANT, sha256, 'a logo.png'), headers })

test('a picture an offer names is fetched by anybody, kept for good by whoever fetched it, and shown as what it is', async () => {
  const content = png(300, 300)
  const sha256 = await keep(content, 'text/html')
  await name({ logo: `kept:${sha256}/logo.png`, screenshots: [], documents: [] })

  const answer = await fetched(sha256)
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.equals(content)).toBe(true)
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect((await fetched(sha256, { 'if-none-match': String(answer.headers.etag) })).statusCode).toBe(304)
})

test('a file no offer names, of another publisher, or that is neither picture nor PDF is not there', async () => {
  const unnamed = await keep(png(301, 301), 'image/png')
  expect((await fetched(unnamed)).statusCode).toBe(404)

  const page = await keep(Buffer.from('<script>alert(1)</script>'), 'image/png')
  const logo = await keep(png(300, 300), 'image/png')
  await name({ logo: `kept:${logo}/logo.png`, screenshots: [{ source: `kept:${page}/page.png` }], documents: [] })
  expect((await fetched(page)).statusCode).toBe(404)
  expect((await world.bridge.app.inject({ url: `/portal/someone-else/media/${logo}/logo.png` })).statusCode).toBe(404)
  expect((await world.bridge.app.inject({ url: `/portal/${TENANT}/media/%25/logo.png` })).headers['cache-control']).toBe('no-store')
})

test('pictures of another size or kind than Microsoft takes are told before Microsoft sees them', async () => {
  const [small, wide, shot] = [
    await keep(png(200, 200), 'image/png'),
    await keep(png(1280, 700), 'image/png'),
    await keep(png(1280, 720), 'image/png'),
  ]
  const nowhere = sha256Of(Buffer.from('nowhere'))
  await name({
    logo: `kept:${small}/logo.png`,
    screenshots: [{ source: `kept:${shot}/1.png` }, { source: `kept:${wide}/2.png` }, { source: `kept:${nowhere}/3.png` }],
    documents: [{ source: `kept:${shot}/terms.pdf`, name: 'Terms' }],
  })
  const { problems } = await showOffers(world.database.db, TENANT, NOTES)
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'LOGO_SIZE_WRONG', field: 'media.logo', facts: { width: '200', height: '200' } }),
      expect.objectContaining({
        code: 'SCREENSHOT_SIZE_WRONG',
        field: 'media.screenshots[1]',
        facts: { number: '2', width: '1280', height: '700' },
      }),
      expect.objectContaining({ code: 'FILE_NOT_KEPT', field: 'media.screenshots[2]' }),
      expect.objectContaining({ code: 'DOCUMENT_NOT_PDF', field: 'media.documents[0]' }),
    ]),
  )
  expect(problems.filter(({ field }) => field === 'media.screenshots[0]')).toEqual([])
})
