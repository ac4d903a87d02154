import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSeed } from '../../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start.ts'
import { createConnect } from '../connect/index.ts'
import { createHttp, type Http } from '../kit/http.ts'
import { productId } from '../kit/ids.ts'
import { pngSize, readMedia } from '../tenants/index.ts'
import { iconAsLogo } from './product-icon.ts'
import { sentenceOf } from './rules/problems.ts'

let sandbox: Sandbox
let http: Http
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  http = createHttp()
})
afterAll(async () => {
  await http.close()
  await sandbox.stop()
})

const id = productId.parse('PRD-417-220-906')
const logoOf = (iconPath: string | undefined) =>
  iconAsLogo(createConnect({ http, baseUrl: sandbox.urls.connect, apiKey: connectSeed.provider.token }), { id, name: 'Forms', iconPath })
const icon = `/media/VA-100-200/${id}/icon.png`
const reasonOf = async (iconPath: string | undefined) => (await logoOf(iconPath)).problems.map(sentenceOf)[0]

test.each(['square', 'withToken'] as const)('the picture a product has in Connect becomes the logo (%s)', async (how) => {
  sandbox.worlds.connect.options.productPictures = how
  const { logo, problems } = await logoOf(icon)
  const read = readMedia(logo ?? '')
  expect([problems, read.kind === 'data' && pngSize(read.file.content)]).toEqual([[], { width: 300, height: 300 }])
})

test('a picture Microsoft would not take is not taken, and told with the reason', async () => {
  sandbox.worlds.connect.options.productPictures = 'small'
  expect(await reasonOf(icon)).toContain('64 × 64')
  sandbox.worlds.connect.options.productPictures = 'missing'
  expect(await reasonOf(icon)).toContain('does not hand it out')
  expect(await reasonOf(undefined)).toContain('names none')
})

test('nothing is fetched from a host that is not Connect’s', async () => {
  for (const elsewhere of ['https://evil.example/icon.png', '//evil.example/icon.png', 'http://169.254.169.254/latest'])
    expect(await reasonOf(elsewhere)).toContain('does not hand it out')
})
