import { defineErrors } from './entry.ts'

export const databaseErrors = defineErrors({
  ERR_DB_UNAVAILABLE: {
    what: 'The database does not answer.',
    todo: 'Check DATABASE_URL and that PostgreSQL runs; the bridge goes on by itself once it is back.',
    status: 503,
    retryable: true,
  },
})
