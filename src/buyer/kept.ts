/** Answers of Connect that hardly change, kept for a while, and longer while Connect is down. */
import { AppError } from '../kit/errors/index.ts'
import { between, type Clock, type Instant, type Milliseconds } from '../kit/time.ts'

export interface Kept<T> {
  /** The kept answer while it is fresh, else a new one; an old one when `read` fails in passing. */
  get(key: string, read: () => Promise<T>): Promise<T>
}

export function createKept<T>(clock: Clock, fresh: Milliseconds, usable: Milliseconds): Kept<T> {
  const answers = new Map<string, { readonly at: Instant; readonly value: T }>()
  return {
    async get(key, read) {
      const have = answers.get(key)
      const age = have ? Math.abs(between(have.at, clock.now())) : Number.POSITIVE_INFINITY
      if (have && age < fresh) return have.value
      try {
        const value = await read()
        answers.set(key, { at: clock.now(), value })
        return value
      } catch (error) {
        if (have && age < usable && error instanceof AppError && error.retryable) return have.value
        throw error
      }
    },
  }
}
