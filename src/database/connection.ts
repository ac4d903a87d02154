/** How every connection is made: time limits, UTC, and types that lose nothing. */
import pg from 'pg'
import { minutes, seconds } from '../kit/time.ts'

const DATE = 1082
const TIMESTAMP_WITHOUT_ZONE = 1114
/** `pg` would read these in the machine's own time zone. */
const KEPT_AS_TEXT = new Set([DATE, TIMESTAMP_WITHOUT_ZONE])

/** bigint and numeric come as text, exact; timestamptz as `Date`; date and timestamp without zone as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (KEPT_AS_TEXT.has(oid) ? String : pg.types.getTypeParser(oid, format)),
}

/** A statement longer than this is given up by the server; a report that needs more says `set local statement_timeout`. */
const STATEMENT_TIMEOUT = minutes(1)
/** A forgotten open transaction halves the work list's speed: the server ends it. */
const IDLE_IN_TRANSACTION_TIMEOUT = seconds(30)
const CONNECT_TIMEOUT = seconds(10)

/** Shows in `pg_stat_activity`, and tells one process of the bridge from another. */
export const applicationName = (): string => `marketplace-bridge ${process.pid}`

export const connectionConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: applicationName(),
  statement_timeout: STATEMENT_TIMEOUT,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
  connectionTimeoutMillis: CONNECT_TIMEOUT,
  keepAlive: true,
  options: '-c timezone=UTC',
  types,
})
