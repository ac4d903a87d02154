import { defineErrors } from './entry.ts'

export const databaseErrors = defineErrors({
  ERR_DB_UNAVAILABLE: {
    what: 'The database does not answer.',
    todo: 'Check DATABASE_URL and that PostgreSQL runs; the bridge goes on by itself once it is back.',
    status: 503,
    retryable: true,
  },
  ERR_DB_NEWER: {
    what: 'The database was already used by a newer version of the bridge.',
    todo: 'Install that version or a later one; going back needs a backup from before the upgrade.',
    status: 500,
    retryable: false,
  },
  ERR_DB_MIGRATION: {
    what: 'Bringing the database up to date failed; it is unchanged.',
    todo: 'Read the cause in the log, correct it and start again.',
    status: 500,
    retryable: false,
  },
  ERR_DB_EMBEDDED_UNAVAILABLE: {
    what: 'There is no embedded PostgreSQL for this machine.',
    todo: 'Set DATABASE_URL to a PostgreSQL 15 or newer, or install again with optional dependencies on Linux or macOS (x64, arm64).',
    status: 500,
    retryable: false,
  },
  ERR_DB_EMBEDDED_START: {
    what: 'The embedded PostgreSQL did not start.',
    todo: 'Read the end of postgres.log in the data folder; check its owner and the free disk space; or set DATABASE_URL.',
    status: 500,
    retryable: false,
  },
  ERR_SECRET_UNREADABLE: {
    what: 'A stored secret cannot be opened: it was changed, moved, or sealed with a key that is not here.',
    todo: 'Start with the master key it was sealed with (the old one may be given beside the new one), or enter the secret again.',
    status: 500,
    retryable: false,
  },
  ERR_MASTER_KEY: {
    what: 'The master key is not usable: it must be 32 bytes, as base64 or 64 hexadecimal digits.',
    todo: 'Create one with `openssl rand -base64 32`, and keep a copy: without it no stored secret can be opened.',
    status: 500,
    retryable: false,
  },
  ERR_LEASE_LOST: {
    what: 'Another process has taken over this piece of work.',
    todo: 'Nothing: the other process carries on from what is stored.',
    status: 409,
    retryable: true,
  },
})
