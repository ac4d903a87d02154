/** The catalogue's part of a set-up: what an offer and its plans are to be at Microsoft. */
import { deflateSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/helpers/database.ts'
import { createKeyring } from '../../database/secrets.ts'
import { inTransaction } from '../../database/transaction.ts'
import { offerId, planId, tenantId } from '../../kit/ids.ts'
import { standingClock } from '../../kit/time.ts'
import { pngSize, readMedia } from '../model/media.ts'
import { findFile, fixContents, getOfferContent, openLeadSecret, planContentsOfOffer } from '../store/contents.ts'
import { applySetup } from './apply.ts'
import { describeChange, describeFault } from './describe.ts'
import { readSetup } from './read-file.ts'

const { db } = await testDatabase()
const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
const clock = standingClock('2030-01-01T00:00:00Z')

/** A picture as far as anybody looks: signature and header. */
const png = (width: number, height: number): Uint8Array => {
  const head = Buffer.alloc(33)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head)
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return Buffer.concat([head, deflateSync(Buffer.alloc(16))])
}
const files: Record<string, Uint8Array> = { 'logo.png': png(300, 300), 'notes.txt': Buffer.from('hello') }
const references = {
  env: { LEADS: 'https://leads.contoso.example/?sig=hush-hush', PLAIN: 'x' },
  readFile: () => '',
  readBytes: (path: string) => {
    const content = files[path]
    if (!content) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    return content
  },
}

const HANDMADE = 'handmade: true'

interface Wanted {
  readonly tenant: string
  readonly offer?: string
  readonly plan?: string
  readonly more?: string
  readonly catalogue?: string
  readonly model?: string
}

const file = ({ tenant, offer = 'planner', plan = 'standard', more = '', catalogue, model = 'perUser' }: Wanted): string => `
tenants:
  - id: ${tenant}
    name: Contoso
    products:
      - id: PRD-1
        name: Planner
        marketplace: MP-1
        connections: { test: { hub: HB-1, connection: CT-1 } }
        tier1: { id: TA-1 }
        offers:
          - id: ${offer}
            ${catalogue ?? `catalogue: { pricingModel: ${model}, leads: { destination: httpsEndpoint, httpsEndpoint: { url: 'env:LEADS' } }, media: { logo: 'file:logo.png' } }`}
            plans:
              - { id: ${plan}, items: [{ id: I-1, kind: ${model === 'perUser' ? 'reservation' : 'payAsYouGo'} }], ${catalogue === '' || catalogue === HANDMADE ? '' : 'catalogue: { terms: [{ term: 1 year, payment: monthly, price: 7.50 }] }'} }
              ${more}`

async function apply(wanted: Wanted): Promise<readonly string[]> {
  const reading = readSetup(file(wanted), references)
  if (!reading.ok) return reading.faults.map((fault) => describeFault({ path: fault.path, message: fault.message }))
  const outcome = await applySetup(reading.setup, { db, keyring, clock })
  return outcome.ok ? outcome.changes.flatMap(describeChange) : outcome.faults.map((fault) => describeFault(fault))
}
const stored = (tenant: string, offer = 'planner') => getOfferContent(db, tenantId.parse(tenant), offerId.parse(offer))
const fix = (tenant: string, as: 'made' | 'published') =>
  inTransaction(db, (tx) =>
    fixContents(tx, tenantId.parse(tenant), { offerId: offerId.parse('planner'), planIds: [planId.parse('standard')], as }, clock.now()),
  )

test('what an offer is to be is kept, its files by their content, and applying it again changes nothing', async () => {
  expect(await apply({ tenant: 'kept' })).toContain('+ kept: catalogue planner / standard added')
  expect(await apply({ tenant: 'kept' })).toEqual([])
  const [plan] = await planContentsOfOffer(db, tenantId.parse('kept'), offerId.parse('planner'))
  expect(plan?.content.terms).toEqual([{ term: '1 year', payment: 'monthly', price: '7.5' }])
  const logo = readMedia((await stored('kept'))?.content.media?.logo ?? '')
  if (logo.kind !== 'kept') throw new Error(`not kept: ${logo.kind}`)
  expect(logo.name).toBe('logo.png')
  const kept = await findFile(db, tenantId.parse('kept'), logo.sha256)
  expect(kept?.contentType).toBe('image/png')
  expect(kept && pngSize(kept.content)).toEqual({ width: 300, height: 300 })
})

test('the secret of a lead destination is sealed, shown in no change, and stays when the file leaves it out', async () => {
  const added = await apply({ tenant: 'leads' })
  const { rows } = await sql`select to_jsonb(t) as row from offer_contents t where tenant_id = 'leads'`.execute(db)
  expect(JSON.stringify([added, rows])).not.toContain('hush-hush')
  const without = 'catalogue: { pricingModel: perUser, leads: { destination: httpsEndpoint, httpsEndpoint: {} } }'
  await apply({ tenant: 'leads', catalogue: without })
  const offer = await stored('leads')
  expect(offer && openLeadSecret(keyring, tenantId.parse('leads'), offer)).toBe('https://leads.contoso.example/?sig=hush-hush')
  await apply({ tenant: 'leads', catalogue: 'catalogue: { pricingModel: perUser, leads: { destination: none } }' })
  expect((await stored('leads'))?.sealedLeadSecret).toBeUndefined()
})

test('an offer listed without its catalogue keeps what is stored of it', async () => {
  await apply({ tenant: 'stays' })
  expect(await apply({ tenant: 'stays', catalogue: '' })).toEqual([])
  expect((await stored('stays'))?.content.pricingModel).toBe('perUser')
})

test('an id that exists at Microsoft cannot be changed, and the sentence says what to do', async () => {
  await apply({ tenant: 'fixed' })
  expect(await apply({ tenant: 'fixed', plan: 'basic' })).toContain('+ fixed: plan planner / basic added') // not yet at Microsoft: free
  await apply({ tenant: 'fixed' })
  await fix('fixed', 'made')
  expect(await apply({ tenant: 'fixed', plan: 'gold' })).toEqual([
    'tenants[0].products[0].offers[0].plans[0]: the plan id standard is fixed: the plan exists at Microsoft, which never renames one. ' +
      'List it again under its id, with catalogue.retired: true if this one replaces it',
  ])
  expect(await apply({ tenant: 'fixed', offer: 'planner-2' })).toEqual([
    'tenants[0].products[0].offers[0]: the offer id planner is fixed: the offer exists at Microsoft, which never renames one. ' +
      'List it again under its id; a new offer may stand beside it',
  ])
  const beside = '- { id: gold, items: [{ id: I-1, kind: reservation }] }'
  expect(await apply({ tenant: 'fixed', more: beside })).toEqual(['+ fixed: plan planner / gold added'])
})

test('the pricing model of a published offer stays; of a draft it may change', async () => {
  await apply({ tenant: 'model' })
  await fix('model', 'made')
  expect(await apply({ tenant: 'model', model: 'flatRate' })).toContainEqual(expect.stringContaining('pricingModel: perUser -> flatRate'))
  await fix('model', 'published')
  expect(await apply({ tenant: 'model', model: 'perUser' })).toEqual([
    'tenants[0].products[0].offers[0].catalogue.pricingModel: is fixed: the offer was published as flatRate, and Microsoft never changes that; make a new offer',
  ])
})

test.each([
  ['catalogue: { pricingModel: flatRate }', 'catalogue.pricingModel: expected perUser: its plans are made of reservation items'],
  [
    "catalogue: { pricingModel: perUser, media: { logo: 'file:none.png' } }",
    'catalogue.media.logo: the file none.png cannot be read (ENOENT)',
  ],
  [
    "catalogue: { pricingModel: perUser, media: { logo: 'file:notes.txt' } }",
    'catalogue.media.logo: the file notes.txt is neither a PNG picture nor a PDF',
  ],
  [
    'catalogue: { pricingModel: perUser, leads: { destination: marketo } }',
    'catalogue.leads.marketo: is missing: expected its mapping: the destination is marketo',
  ],
  [
    'catalogue: { pricingModel: perUser, legal: { terms: own } }',
    'catalogue.legal.terms: expected either text or url of your own terms beside it',
  ],
])('a catalogue that cannot be meant is refused with its place: %s', async (catalogue, fault) => {
  expect(await apply({ tenant: 'bad', catalogue })).toEqual([`tenants[0].products[0].offers[0].${fault}`])
})

test('an offer that is handmade drops what is stored and keeps its plan map; what is published is never dropped', async () => {
  const tenant = 'handmade'
  await apply({ tenant })
  expect(await apply({ tenant, catalogue: HANDMADE })).toEqual([expect.stringContaining('catalogue planner removed')])
  expect(await stored(tenant)).toBeUndefined()
  expect(await planContentsOfOffer(db, tenantId.parse(tenant), offerId.parse('planner'))).toEqual([])
  expect(await apply({ tenant, catalogue: HANDMADE })).toEqual([])

  await apply({ tenant })
  await fix(tenant, 'published')
  expect(await apply({ tenant, catalogue: HANDMADE })).toEqual([expect.stringContaining('the offer is published')])
  expect(await stored(tenant)).toBeDefined()
})

test('a handmade offer has no catalogue and no target beside it', async () => {
  const both = `${HANDMADE}\n            publish: live`
  expect(await apply({ tenant: 'both', catalogue: both })).toContainEqual(expect.stringContaining('expected nothing beside handmade'))
})
