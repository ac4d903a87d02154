/** The house: who may import whom, what rules may not touch, no circles. ARCHITECTURE.md tells the same in words. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { beforeAll, describe, expect, test } from 'vitest'

/** Each room with the rooms it may import besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  kit: [],
  database: ['kit'],
  microsoft: ['kit'],
  connect: ['kit'],
  identity: ['kit', 'database'],
  attention: ['kit', 'database'],
  tenants: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect'],
  subscriptions: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants'],
  usage: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants', 'subscriptions'],
  catalogue: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants', 'subscriptions'],
  preflight: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants', 'subscriptions', 'usage'],
  operator: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants', 'subscriptions', 'usage', 'catalogue'],
  api: ['kit', 'database', 'attention', 'identity', 'tenants', 'subscriptions', 'usage', 'catalogue', 'operator'],
  buyer: ['kit', 'database', 'attention', 'identity', 'microsoft', 'connect', 'tenants', 'subscriptions', 'usage'],
  cli: [
    'kit',
    'database',
    'attention',
    'identity',
    'microsoft',
    'connect',
    'tenants',
    'subscriptions',
    'usage',
    'catalogue',
    'preflight',
    'operator',
    'config',
    'storage',
    'main',
  ],
}

const stay = (room: string, allowed: readonly string[]): IForbiddenRuleType => ({
  name: `${room} imports only ${['itself', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '[.]test[.]tsx?$' },
  to: { path: '^(src|sandbox|test|bench)/', pathNot: [room, ...allowed].map((name) => `^src/${name}([/.]|$)`) },
})

const forbidden: IForbiddenRuleType[] = [
  ...Object.entries(ROOMS).map(([room, allowed]) => stay(room, allowed)),
  { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'rules are pure: only the kit and other rules',
    severity: 'error',
    from: { path: '^src/([^/]+)/rules/', pathNot: '[.]test[.]tsx?$' },
    to: {
      pathNot: [
        '^src/[^/]+/rules/',
        '^src/kit/(ids|json|time|utc-hour|quantity)[.]ts$',
        '^src/subscriptions/(record|snapshots)[.]ts$',
        '^src/tenants/model/', // schemas: what is kept, as types
        '^src/microsoft/ingestion/(findings|resource)[.]ts$', // what a resource and an objection are
      ],
    },
  },
  {
    name: 'the sandbox shares nothing with the bridge but the kit',
    severity: 'error',
    from: { path: '^sandbox/' },
    to: { path: '^src/', pathNot: '^src/kit/' },
  },
  {
    name: 'only main starts the sandbox',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/main', '^src/cli/', '[.]test[.]tsx?$'] },
    to: { path: '^sandbox/' },
  },
  {
    name: 'production code does not import tests',
    severity: 'error',
    from: { path: '^(src|sandbox)/', pathNot: '[.]test[.]tsx?$' },
    to: { path: '^(test|bench)/' },
  },
]

describe('the house', () => {
  let result: ICruiseResult

  beforeAll(async () => {
    const { output } = await cruise(['src', 'sandbox', 'migrations'], {
      validate: true,
      ruleSet: { forbidden },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      parser: 'tsc',
    })
    if (typeof output === 'string') throw new TypeError('expected a result, not a report')
    result = output
  })

  test('imports go down, never up, never in a circle; rules are pure', () => {
    const broken = result.summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`)
    expect(broken).toEqual([])
  })

  test('every source file was looked at', () => {
    const seen = new Set(result.modules.map((module) => module.source))
    expect(sources().filter((file) => !seen.has(file))).toEqual([])
    expect(seen.size).toBeGreaterThan(100)
  })

  test('the wall clock, chance and the environment are read in their own places only', () => {
    const touches = sources()
      .filter((file) => !/[.]test[.]tsx?$/.test(file))
      .flatMap((file) =>
        FORBIDDEN_WORDS.filter(({ word, but }) => !but.test(file) && word.test(code(file))).map(({ word }) => `${file}: ${word}`),
      )
    expect(touches).toEqual([])
  })
})

const FORBIDDEN_WORDS = [
  { word: /\bnew Date\(\)|\bDate\.now\(/, but: /^src\/(kit\/time|buyer\/assets\/client\/.*)\.ts$/ },
  { word: /\bprocess\.env\b/, but: /^(src\/main|src\/cli\/main|sandbox\/main)\.ts$/ },
  { word: /\bMath\.random\b/, but: /^src\/kit\/|^src\/database\/work\// },
  { word: /: any\b|<any>|as any\b/, but: /^$/ },
]

const code = (file: string): string => readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

const sources = (): string[] =>
  ['src', 'sandbox', 'migrations'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /[.]tsx?$/.test(file))
      .map((file) => join(root, file)),
  )
