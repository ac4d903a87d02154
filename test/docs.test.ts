import { expect, test } from 'vitest'
import { stalePages } from '../scripts/docs.ts'

test('the generated pages say what the code says', () => {
  expect(stalePages(), 'run: npm run docs').toEqual([])
})
