import { expect, test } from 'vitest'
import { together } from './together.ts'

/** Runs that end when told to. */
function runs(refused: readonly number[] = []) {
  const begun: { readonly items: readonly number[]; readonly end: () => void }[] = []
  const run = (items: readonly number[]): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      const end = () => (items.some((item) => refused.includes(item)) ? reject(new Error(`no to ${items}`)) : resolve(items.map(String)))
      begun.push({ items, end })
    })
  return { run, begun, items: () => begun.map(({ items }) => items) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('nobody waits for company, and what comes meanwhile goes together, in order', async () => {
  const { run, begun, items } = runs()
  const add = together({ run, most: 3, atOnce: 2 })
  const answers = [1, 2, 3, 4, 5, 6].map(add)
  expect(items()).toEqual([[1], [2]])
  begun[1]?.end()
  expect(await answers[1]).toBe('2')
  await turn()
  expect(items()).toEqual([[1], [2], [3, 4, 5]])
  begun[0]?.end()
  begun[2]?.end()
  expect(await Promise.all([answers[0], ...answers.slice(2, 5)])).toEqual(['1', '3', '4', '5'])
  await turn()
  begun[3]?.end()
  expect(await answers[5]).toBe('6')
})

test('one that cannot be done takes no other along', async () => {
  const { run, begun, items } = runs([3])
  const add = together({ run, most: 10, atOnce: 1 })
  const answers = Promise.allSettled([1, 2, 3, 4].map(add))
  begun[0]?.end()
  await turn()
  begun[1]?.end()
  await turn()
  expect(items()).toEqual([[1], [2, 3, 4], [2], [3], [4]])
  for (const { end } of begun) end()
  const seen = (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))
  expect(seen).toEqual(['1', '2', 'Error: no to 3', '4'])
})
