/** `npm run demo -- NAME` as it is run: its exit code is a promise. One after the other, for all want the same ports. */
import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { minutes } from '../../src/kit/time.ts'

const demo = (...args: readonly string[]): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/main/demo/main.ts', ...args], (error, out, err) =>
      resolve({ code: error ? error.code : 0, out, err }),
    )
  })

test('a name that is none is an error, and the demos are listed', { timeout: minutes(2) }, async () => {
  const unknown = await demo('nonsense')
  expect(unknown).toMatchObject({
    code: 2,
    err: 'There is no demo "nonsense".\n',
    out: expect.stringMatching(/onboarding[\s\S]*sale[\s\S]*usage/),
  })
})

test('it ends with 0 when all three books agree, and with 1 and the difference when they do not', { timeout: minutes(5) }, async () => {
  const agreed = await demo('usage')
  expect([agreed.code, agreed.err]).toEqual([0, ''])
  expect(agreed.out).toContain('agree to the last digit')
  const differed = await demo('usage-differs') // after the other: both want the same ports
  expect([differed.code, differed.err]).toEqual([1, ''])
  expect(differed.out).toMatch(/They differ: event [0-9a-f-]+ \(storage in [^)]+\): ledger 0, Microsoft 0\.00000001, Connect 0/)
})

test('an empty installation gets to a live offer by fewer than ten commands, and the offer’s first sale is active', {
  timeout: minutes(5),
}, async () => {
  const { code, out, err } = await demo('onboarding')
  expect([code, err]).toEqual([0, ''])
  expect(out.match(/\$ bridge /g)?.length).toBeLessThan(10)
  expect(out).toContain('The offer is live, and sold.')
})
