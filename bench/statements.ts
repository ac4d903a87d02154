/** Counts what is sent to the database: unlike times, it does not swing with the machine. */
import type { Database } from '../src/database/index.ts'

/** @returns how many statements this process has sent since, begins and commits included. */
export function countStatements({ pool }: Database): () => number {
  const counted = new WeakSet<object>()
  let count = 0
  pool.on('acquire', (client) => {
    if (counted.has(client)) return
    counted.add(client)
    const send: unknown = client.query
    const query = (...statement: readonly unknown[]): unknown => {
      count++
      return typeof send === 'function' ? Reflect.apply(send, client, statement) : undefined
    }
    Object.defineProperty(client, 'query', { value: query })
  })
  return () => count
}
