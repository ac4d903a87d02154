import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { certificateKeyPem, certificatePem } from './certificate.fixture.ts'
import { describeFault } from './describe.ts'
import { readSetup } from './read-file.ts'
import { setupFile } from './schema.ts'
import { schemaPaths } from './schema-keys.ts'

const rows = readFileSync('docs/setup-file.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, key]) => key?.startsWith('`tenants'))
  .map(([, key = '', , otherwise = '']) => ({ path: key.replaceAll('`', ''), otherwise }))

test('docs/setup-file.md explains every key of the schema, in its order, and no other', () => {
  expect(rows.map(({ path }) => path).sort()).toEqual([...schemaPaths()].sort())
})

test('docs/setup-file.md says "required" of exactly the keys that are', () => {
  const required = new Set(requiredPaths(z.toJSONSchema(setupFile, { io: 'input' }), ''))
  expect(rows.filter(({ otherwise }) => otherwise === 'required').map(({ path }) => path.replace(/\[\]$/, ''))).toEqual(
    rows.map(({ path }) => path.replace(/\[\]$/, '')).filter((path) => required.has(path)),
  )
})

test('docs/setup-file.md names the default of each policy', () => {
  const policies = setupFile.shape.tenants.element.shape.products.unwrap().element.shape.policies.parse(undefined)
  const { operations, usage, listing, mappingParameters, ...others } = policies
  expect(mappingParameters).toEqual({})
  const { planMoves, ...verdicts } = operations
  const { dimensions, ...usageDefaults } = usage
  const all = {
    ...others,
    ...prefixed('operations', verdicts),
    ...{ 'operations.planMoves[]': JSON.stringify(planMoves) },
    ...prefixed('listing', listing),
    ...prefixed('usage', usageDefaults),
    ...{ 'usage.dimensions[]': JSON.stringify(dimensions) },
  }
  for (const [key, value] of Object.entries(all)) {
    expect(rows).toContainEqual({ path: `tenants[].products[].policies.${key}`, otherwise: `\`${value}\`` })
  }
})

test('examples/production.yaml is a whole set-up once its references lead somewhere', () => {
  const env = { CONTOSO_CONNECT_TOKEN: 'ApiKey SU-1:x', CONTOSO_SIGN_IN_SECRET: 'x' }
  const readFile = (path: string) => (path.endsWith('.crt') ? certificatePem : certificateKeyPem)
  const text = readFileSync('examples/production.yaml', 'utf8')
  const reading = readSetup(text, { env, readFile })
  expect(reading.ok ? [] : reading.faults.map((fault) => describeFault(fault))).toEqual([])
  const without = readSetup(text, { env: {} })
  expect(without.ok ? [] : without.faults).toHaveLength(4)
})

const prefixed = (prefix: string, record: object) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [`${prefix}.${key}`, value]))

type Json = z.core.JSONSchema.BaseSchema | boolean | undefined

function requiredPaths(schema: Json, path: string): readonly string[] {
  if (typeof schema !== 'object') return []
  const at = (key: string) => (path === '' ? key : `${path}.${key}`)
  const here = (schema.required ?? []).map(at)
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => requiredPaths(value, at(key)))
  return [...here, ...below, ...(Array.isArray(schema.items) ? [] : requiredPaths(schema.items, `${path}[]`))]
}
