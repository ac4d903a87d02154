/**
 * Posts from a process of its own, so that the sender's work is not on the server's event loop: over so many kept connections, for so
 * long. Reads one order a line from stdin, writes one line with what came of it; ends with its stdin.
 */
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Pool } from 'undici'
import type { Milliseconds } from '../src/kit/time.ts'

export interface PostOrder {
  readonly url: string
  /** Taken in turn. */
  readonly tokens: readonly string[]
  /** Taken in turn; `NEW-ID` in them becomes a new id each time. */
  readonly bodies: readonly string[]
  readonly connections: number
  readonly lasts: Milliseconds
}

export interface Posted {
  readonly took: readonly Milliseconds[]
  readonly lasted: Milliseconds
}

async function post({ url, tokens, bodies, connections, lasts }: PostOrder): Promise<Posted> {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const took: Milliseconds[] = []
  let sent = 0
  const begun = performance.now()
  const lane = async (): Promise<void> => {
    while (performance.now() - begun < lasts) {
      const n = sent++
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[n % tokens.length]}` }
      const body = (bodies[n % bodies.length] ?? '').replace('NEW-ID', randomUUID())
      const from = performance.now()
      const answer = await pool.request({ method: 'POST', path: pathname, headers, body })
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`)
      took.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  const lasted = performance.now() - begun
  await pool.close()
  return { took, lasted }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await post(JSON.parse(line) as PostOrder)))
}
