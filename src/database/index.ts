/** The storage room: one PostgreSQL (given or embedded), its migrations, the work list and sealed secrets. Nothing here knows of the domain. */
export { type CopyValue, copyIn } from './copy.ts'
export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded/index.ts'
export { loadKeyring, type MasterKeySource } from './master-key.ts'
export { migrate } from './migrate.ts'
export { type Database, type DatabaseOptions, openDatabase } from './open.ts'
export { createKeyring, type Keyring, type SecretPlace } from './secrets.ts'
export { inTransaction } from './transaction.ts'
export type { Db, Tx } from './types.ts'
