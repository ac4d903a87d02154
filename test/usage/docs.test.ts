/** Every example of docs/usage.md runs as it stands. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { terminal } from '../helpers/at-terminal.ts'
import { createNotifiedWorld } from '../helpers/notified-world.ts'
import type { World } from '../helpers/world.ts'
import { onPlatform, SUITE } from './platform.ts'

const text = readFileSync('docs/usage.md', 'utf8')
const commands = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, lines = '']) => lines.trim().split('\n'))
const [, table = ''] = /```csv\n(.*?)```/s.exec(text) ?? []
const folder = mkdtempSync(join(tmpdir(), 'usage-docs-'))

let world: World
let filled: (example: string) => string
beforeAll(async () => {
  world = await createNotifiedWorld()
  const { key } = await onPlatform(world)
  const now = world.clock.now().toISOString()
  const facts: Readonly<Record<string, string>> = {
    '{SUBSCRIPTION}': key.subscriptionId,
    '{NOW}': now,
    ...{ '{PRODUCT}': SUITE, '{MONTH}': now.slice(0, 7) },
  }
  filled = (example) => example.replace(/\{[A-Z]+\}/g, (name) => facts[name] ?? name)
  writeFileSync(join(folder, 'calls.csv'), filled(table))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.stop()
})

/** As a shell reads it: quoted words are one, and what stands after a # is for people. */
const wordsOf = (command: string): readonly string[] =>
  [...command.replace(/\s#.*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain)

test('there are commands to run', () => expect(commands.length).toBeGreaterThan(1))

test.each(commands)('%s', async (command) => {
  const [bridge, ...args] = wordsOf(filled(command))
  expect(bridge).toBe('bridge')
  const ran = await terminal(world)(...args.map((one) => (/\.(csv|xlsx|json)$/.test(one) ? join(folder, one) : one)))
  expect([ran.code, ran.err]).toEqual([0, ''])
})
