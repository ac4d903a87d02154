import { expect, test } from 'vitest'
import { ApiError, AppError } from '../kit/errors/index.ts'
import { hours, minutes, standingClock } from '../kit/time.ts'
import { createKept } from './kept.ts'

const setUp = () => {
  const clock = standingClock('2026-11-22T12:00:00Z')
  let reads = 0
  const kept = createKept<number>(clock, minutes(1), hours(1))
  const read = async () => ++reads
  const down = async (): Promise<number> => Promise.reject(new ApiError('ERR_CONNECT_UNAVAILABLE', {}))
  return { clock, kept, read, down }
}

test('an answer is read once a minute at most, for each key', async () => {
  const { clock, kept, read } = setUp()
  expect([await kept.get('a', read), await kept.get('a', read), await kept.get('b', read)]).toEqual([1, 1, 2])
  clock.moveBy(minutes(1))
  expect(await kept.get('a', read)).toBe(3)
})

test('while the other side is down the old answer serves, for an hour', async () => {
  const { clock, kept, read, down } = setUp()
  await kept.get('a', read)
  clock.moveBy(minutes(59))
  expect(await kept.get('a', down)).toBe(1)
  clock.moveBy(minutes(1))
  await expect(kept.get('a', down)).rejects.toMatchObject({ code: 'ERR_CONNECT_UNAVAILABLE' })
})

test('what is wrong for good is told, whatever was known before', async () => {
  const { clock, kept, read } = setUp()
  await kept.get('a', read)
  clock.moveBy(minutes(2))
  await expect(kept.get('a', () => Promise.reject(new AppError('ERR_TENANT_NOT_FOUND')))).rejects.toMatchObject({
    code: 'ERR_TENANT_NOT_FOUND',
  })
})
