import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateKeyPem, certificatePem } from './certificate.fixture.ts'
import { describeFault } from './describe.ts'
import { desiredOf } from './desired.ts'
import { pathText } from './faults.ts'
import { readSetup } from './read-file.ts'
import type { References } from './references.ts'

const tenantHead = 'tenants:\n  - id: acme\n    name: Acme\n'
const productHead = `${tenantHead}    products:
      - id: PRD-1
        name: Notes
        marketplace: MP-1
        connections: { test: { hub: HB-1, connection: CT-1 } }
        tier1: { id: TA-1 }
`
const offer = (id: string, plans: string) => `          - id: ${id}\n            plans: ${plans}\n`
const offers = (...list: readonly string[]) => `${productHead}        offers:\n${list.join('')}`
const credentials = (text: string) => `${tenantHead}    credentials: ${text}\n`
const app = 'tenantId: 6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201, clientId: a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10'

const noFiles: References = {
  env: { TOKEN: ' ApiKey SU-1:hush-hush \n', EMPTY: '' },
  readFile: () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  },
}
const faultsOf = (text: string, references = noFiles) => {
  const reading = readSetup(text, references)
  return reading.ok ? [] : reading.faults
}

test.each<[string, string, string, RegExp]>([
  ['nothing at all', '', 'the file', /expected a mapping/],
  ['not YAML', 'tenants: [', 'the file', /line 1 is not YAML/],
  ['a key twice', `${tenantHead}    name: Again\n`, 'the file', /line 4 is not YAML.*unique/],
  ['no tenant', 'tenants: []', 'tenants', /at least one/],
  ['a misspelt key', tenantHead.replace('name', 'nmae'), 'tenants[0]', /"nmae" is not known; did you mean "name"/],
  ['an unknown key', `${tenantHead}    colour: red\n`, 'tenants[0]', /"colour" is not known$/],
  ['a bad tenant id', tenantHead.replace('acme', 'Acme!'), 'tenants[0].id', /a-z/],
  ['a number for text', tenantHead.replace('Acme', '7'), 'tenants[0].name', /expected text/],
  ['the same tenant twice', `${tenantHead}  - id: acme\n    name: Again\n`, 'tenants[1]', /listed twice/],
  ['plain http', `${tenantHead}    connectApiUrl: http://connect.example\n`, 'tenants[0].connectApiUrl', /https/],
  ['an unknown status', `${tenantHead}    status: gone\n`, 'tenants[0].status', /active or archived/],
  [
    'a token that is not one',
    credentials('{ connect: { primary: { apiKey: hush-hush } } }'),
    'tenants[0].credentials.connect.primary.apiKey',
    /ApiKey SU-/,
  ],
  [
    'an unset variable',
    credentials('{ connect: { primary: { apiKey: "env:EMPTY" } } }'),
    'tenants[0].credentials.connect.primary.apiKey',
    /variable EMPTY is not set/,
  ],
  [
    'a secret where a variable name belongs',
    credentials('{ connect: { primary: { apiKey: "env:ApiKey SU-1:hush-hush" } } }'),
    'tenants[0].credentials.connect.primary.apiKey',
    /name of an environment variable/,
  ],
  [
    'an unreadable file',
    credentials('{ connect: { primary: { apiKey: "file:./token" } } }'),
    'tenants[0].credentials.connect.primary.apiKey',
    /\.\/token cannot be read \(ENOENT\)/,
  ],
  [
    'a secret that became a key',
    credentials('{ connect: { primary: { apiKey: "env:TOKEN", hush-hush } } }'),
    'tenants[0].credentials.connect.primary',
    /^a key here is not known$/,
  ],
  [
    'both a secret and a certificate',
    credentials(`{ microsoft: { ${app}, primary: { secret: hush-hush, certificate: x, privateKey: y } } }`),
    'tenants[0].credentials.microsoft.primary',
    /either secret, or certificate and privateKey/,
  ],
  [
    'a bad date',
    credentials(`{ microsoft: { ${app}, primary: { secret: hush-hush, expiresAt: soon } } }`),
    'tenants[0].credentials.microsoft.primary.expiresAt',
    /2027-01-31/,
  ],
  ['no offers', productHead, 'tenants[0].products[0].offers', /is missing/],
  ['neither connection', productHead.replace(/\{ test: .* \}$/m, '{}'), 'tenants[0].products[0].connections', /production, test or both/],
  [
    'the same connection for both',
    offers(offer('o', '[]')).replace('{ test:', '{ production: { hub: HB-2, connection: CT-1 }, test:'),
    'tenants[0].products[0].connections',
    /different connections/,
  ],
  ['no reseller', offers(offer('o', '[]')).replace('{ id: TA-1 }', '{}'), 'tenants[0].products[0].tier1', /either id or account/],
  ['a preview offer', offers(offer('o-preview', '[]')), 'tenants[0].products[0].offers[0].id', /without -preview/],
  ['the same offer twice', offers(offer('o', '[]'), offer('o', '[]')), 'tenants[0].products[0].offers[1]', /listed twice/],
  [
    'a plan without items',
    offers(offer('o', '[{ id: p, items: [] }]')),
    'tenants[0].products[0].offers[0].plans[0].items',
    /at least one item/,
  ],
  [
    'the same plan twice',
    offers(offer('o', '[{ id: p, items: [{ id: i, kind: reservation }] }, { id: p, items: [{ id: j, kind: reservation }] }]')),
    'tenants[0].products[0].offers[0].plans[1]',
    /listed twice/,
  ],
  [
    'the same item twice',
    offers(offer('o', '[{ id: p, items: [{ id: i, kind: reservation }, { id: i, kind: reservation }] }]')),
    'tenants[0].products[0].offers[0].plans[0].items[1]',
    /listed twice/,
  ],
  [
    'an unknown kind',
    offers(offer('o', '[{ id: p, items: [{ id: i, kind: seats }] }]')),
    'tenants[0].products[0].offers[0].plans[0].items[0].kind',
    /reservation or payAsYouGo/,
  ],
  [
    'mixed kinds in an offer',
    offers(offer('o', '[{ id: p, items: [{ id: i, kind: reservation }] }, { id: q, items: [{ id: j, kind: payAsYouGo }] }]')),
    'tenants[0].products[0].offers[0].plans[1].items[0].kind',
    /one pricing model/,
  ],
])('%s is a fault with its place', (_, text, path, message) => {
  const faults = faultsOf(text)
  const found = faults.filter((fault) => pathText(fault.path) === path)
  expect(found.map((fault) => fault.message)).toEqual([expect.stringMatching(message)])
  expect(faults.map((fault) => describeFault(fault)).join()).not.toContain('hush-hush')
})

test('every fault is told at once, each with its line', () => {
  const text = offers(offer('o-preview', '[{ id: p, items: [{ id: i, kind: seats }] }]'), offer('o-preview', '[{ id: q }]'))
  const told = faultsOf(text.replace('name: Acme', 'nmae: Acme')).map((fault) => `${fault.line} ${pathText(fault.path)}`)
  expect(told).toEqual([
    '2 tenants[0].name',
    '2 tenants[0]',
    '11 tenants[0].products[0].offers[0].id',
    '12 tenants[0].products[0].offers[0].plans[0].items[0].kind',
    '13 tenants[0].products[0].offers[1].id',
    '13 tenants[0].products[0].offers[1]',
    '14 tenants[0].products[0].offers[1].plans[0].items',
  ])
})

test('references are forbidden where no way to follow them is given', () => {
  const text = credentials(`{ connect: { primary: { apiKey: "env:TOKEN" } }, signIn: { clientId: "file:/etc/passwd", primary: {} } }`)
  const messages = faultsOf(text, {}).map((fault) => fault.message)
  expect(messages).toContain('env: references are not allowed here')
  expect(messages).toContain('file: references are not allowed here')
})

test('references stand for what they name, without the spaces around it', () => {
  const reading = readSetup(credentials('{ connect: { primary: { apiKey: "env:TOKEN" } } }'), noFiles)
  expect(reading.ok && reading.setup.tenants[0]?.credentials.connect?.primary.apiKey).toBe('ApiKey SU-1:hush-hush')
})

test('an alias bomb is refused', () => {
  const lines = Array.from({ length: 12 }, (_, n) => `x${n + 1}: &x${n + 1} [${Array(9).fill(`*x${n}`).join(', ')}]`)
  expect(faultsOf(['x0: &x0 [lol]', ...lines].join('\n')).map((fault) => fault.message)).toContain('too many aliases')
})

test('a certificate needs its own private key, and brings its end date', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const files: Record<string, string> = { crt: certificatePem, key: certificateKeyPem, other: String(other) }
  const references = { readFile: (path: string) => files[path] ?? '' }
  const text = (key: string) => credentials(`{ microsoft: { ${app}, primary: { certificate: "file:crt", privateKey: "file:${key}" } } }`)
  const reading = readSetup(text('key'), references)
  const [credential] = reading.ok ? (desiredOf(reading.setup)[0]?.credentials ?? []) : []
  expect(credential?.value.expiresAt).toEqual(new Date(new X509Certificate(certificatePem).validTo))
  expect(credential?.value.facts).toMatchObject({ certificate: { thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) } })
  const place = 'tenants[0].credentials.microsoft.primary.privateKey:'
  expect(faultsOf(text('other'), references).map(({ path, message }) => describeFault({ path, message }))).toEqual([
    `${place} is not the key of the certificate`,
  ])
  expect(faultsOf(text('crt'), references).map(({ path, message }) => describeFault({ path, message }))).toEqual([
    `${place} expected an RSA private key as PEM, not encrypted`,
  ])
})
