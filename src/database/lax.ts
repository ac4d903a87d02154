import { sql } from 'kysely'

/**
 * A common table expression for a statement whose commit does not wait for the disk; the statement has to read from it. Visible to all at
 * once; should the machine fail in this moment, it may be as if it had not been. Only for what is then found again or done again: what is
 * committed later and does wait is never there without it.
 */
export const lax = sql`lax as materialized (select set_config('synchronous_commit', 'off', true))`
