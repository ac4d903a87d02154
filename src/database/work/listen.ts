/** Hears from other processes that something was woken. */
import pg from 'pg'
import type { Log } from '../../kit/log.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import { connectionConfig } from '../connection.ts'
import type { Database } from '../open.ts'
import { WAKE_CHANNEL } from '../wakes.ts'

const RECONNECT_AFTER: Milliseconds = seconds(2)

/** Calls `woken` for each notification of another process, and after each gap in listening. Returns how to stop. */
export function listen({ url, wakes }: Pick<Database, 'url' | 'wakes'>, woken: () => void, log: Log): () => Promise<void> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...connectionConfig(url), statement_timeout: 0 })
    client = next
    next.on('error', (error) => log.debug({ reason: error.message }, 'listening for wakes was interrupted'))
    next.on('end', () => client === next && again())
    next.on('notification', ({ payload }) => {
      if (payload !== wakes.sender) woken()
    })
    try {
      await next.connect()
      await next.query(`listen ${WAKE_CHANNEL}`)
      woken() // whatever was said while nobody listened
    } catch (error) {
      log.debug({ err: error }, 'listening for wakes failed; polling meanwhile')
      again()
    }
  }

  function again(): void {
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, RECONNECT_AFTER).unref()
  }

  void connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}
