/** From a product in Connect to offers that are kept, at a terminal. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSeed, products } from '../../sandbox/seed.ts'
import { readSetup } from '../../src/tenants/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { createWorld, TENANT, type World } from '../helpers/world.ts'

let world: World
const folder = mkdtempSync(join(tmpdir(), 'bridge-offers-'))
beforeAll(async () => {
  world = await createWorld()
  const run = terminal(world, { input: connectSeed.provider.token })
  expect((await run('tenant', 'create', 'nova', '--name', 'Nova')).code).toBe(0)
  expect(await run('credential', 'set', 'nova', 'connect')).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await world.stop()
  rmSync(folder, { recursive: true })
})
const bridge = (...args: readonly string[]) => terminal(world)(...args)
const [first] = products
const PRODUCT = first?.id ?? ''

test('what Connect shows is listed, with what is added already', async () => {
  const { out } = await bridge('product', 'list', TENANT, '--json')
  expect(JSON.parse(out)).toContainEqual(
    expect.objectContaining({ id: PRODUCT, visible: true, added: true, listedIn: [connectSeed.marketplace.id] }),
  )
  expect((await bridge('product', 'list', 'nova')).out).toContain(PRODUCT)
})

test('a product is added by its id alone, proposed, kept, and written as a file that applies without a change', async () => {
  const added = await bridge('product', 'add', 'nova', PRODUCT)
  expect(added).toMatchObject({ code: 0 })
  expect(added.out).toContain(`Next: bridge offer propose nova ${PRODUCT}`)
  const proposed = await bridge('offer', 'propose', 'nova', PRODUCT)
  expect(proposed.out).toContain('Nothing was changed.')
  expect((await bridge('offer', 'show', 'nova', PRODUCT)).out).toContain('No offers yet')

  expect(await bridge('offer', 'propose', 'nova', PRODUCT, '--save')).toMatchObject({ code: 0 })
  const shown = JSON.parse((await bridge('offer', 'show', 'nova', PRODUCT, '--json')).out)
  expect(shown.offers).not.toEqual([])
  expect(JSON.parse((await bridge('offer', 'propose', 'nova', PRODUCT, '--json')).out).offers.map(({ id }: { id: string }) => id)).toEqual(
    shown.offers.map(({ id }: { id: string }) => id),
  )

  const [first] = shown.offers
  expect((await bridge('offer', 'history', 'nova', first.id)).out).toContain('mara: A proposal was kept')
  expect((await bridge('product', 'history', 'nova', PRODUCT)).out).toMatch(/mara: The product was added\.[\s\S]*A proposal was kept/)

  const file = join(folder, 'offer.yaml')
  expect(await bridge('offer', 'show', 'nova', PRODUCT, '--file', file)).toMatchObject({ code: 0 })
  const reading = readSetup(readFileSync(file, 'utf8'), {})
  expect(reading.ok ? [] : reading.faults).toEqual([])
  expect((await bridge('apply', file)).out).toContain('Nothing to change.')
})

test('offers that were mapped by hand keep their ids and stay as they are', async () => {
  const { offers } = JSON.parse((await bridge('offer', 'propose', TENANT, PRODUCT, '--json')).out)
  expect(offers.every(({ made }: { made: boolean }) => made)).toBe(true)
  const file = join(folder, 'mapped.yaml')
  await bridge('offer', 'show', TENANT, PRODUCT, '--file', file)
  expect((await bridge('apply', file)).out).toContain('Nothing to change.')
})
