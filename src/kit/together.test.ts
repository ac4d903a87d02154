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

test('what comes in one turn goes together, and what comes while all are busy, when one ends, in order', async () => {
  const { run, begun, items } = runs()
  const add = together({ run, most: 3, atOnce: 2 })
  const answers = [1, 2, 3, 4, 5, 6, 7].map(add)
  expect(items()).toEqual([])
  await turn()
  await turn()
  expect(items()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
  answers.push(add(8))
  begun[1]?.end()
  expect(await answers[4]).toBe('5')
  await turn()
  await turn()
  expect(items().slice(2)).toEqual([[7, 8]])
  begun[0]?.end()
  begun[2]?.end()
  expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
})

test('where nobody waits for it, the first waits for others', async () => {
  const { run, begun, items } = runs()
  const add = together({ run, most: 3, atOnce: 1, gatherFor: 1 })
  const first = add(1)
  const second = add(2)
  while (begun.length === 0) await turn()
  expect(items()).toEqual([[1, 2]])
  begun[0]?.end()
  expect(await Promise.all([first, second])).toEqual(['1', '2'])
})

test('one that cannot be done takes no other along', async () => {
  const { run, begun, items } = runs([3])
  const answers = Promise.allSettled([1, 2, 3, 4].map(together({ run, most: 10, atOnce: 1 })))
  await turn()
  begun[0]?.end()
  await turn()
  expect(items()).toEqual([[1, 2, 3, 4], [1], [2], [3], [4]])
  for (const { end } of begun) end()
  const seen = (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)))
  expect(seen).toEqual(['1', '2', 'Error: no to 3', '4'])
})
