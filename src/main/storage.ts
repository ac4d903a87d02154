/** Opens what the bridge remembers in: the database (given or embedded), migrated, and the keys its secrets are sealed with. */

import type { Config } from '../config.ts'
import { type Database, type Keyring, loadKeyring, migrate, openDatabase, startEmbedded } from '../database/index.ts'
import type { Log } from '../kit/log.ts'

export interface Storage {
  readonly database: Database
  readonly keyring: Keyring
  close(): Promise<void>
}

/** @throws AppError with a code of the database room. */
export async function openStorage(config: Config, log: Log): Promise<Storage> {
  const embedded = config.database.kind === 'embedded' ? await startEmbedded({ dataDir: config.database.dataDir, log }) : undefined
  const url = embedded?.url ?? (config.database.kind === 'url' ? config.database.url : '')
  const database = openDatabase({ url, log })
  try {
    const keyring = loadKeyring(config.masterKey)
    await migrate(database.db, log)
    return { database, keyring, close: () => close(database, embedded) }
  } catch (error) {
    await close(database, embedded)
    throw error
  }
}

async function close(database: Database, embedded: { stop(): Promise<void> } | undefined): Promise<void> {
  await database.close()
  await embedded?.stop()
}
