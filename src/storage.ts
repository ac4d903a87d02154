/** Opens what every process of the bridge needs to remember: the database, up to date, and the keyring of its secrets. */
import { existsSync } from 'node:fs'
import type { Config } from './config.ts'
import { startEmbedded } from './database/embedded/index.ts'
import { type Database, migrate, openDatabase } from './database/index.ts'
import { loadKeyring } from './database/master-key.ts'
import type { Keyring } from './database/secrets.ts'
import type { Log } from './kit/log.ts'

export interface Storage extends Database {
  readonly keyring: Keyring
  /** Closes the pool, and ends the embedded server when nobody else uses it. */
  close(): Promise<void>
}

/**
 * @throws AppError ERR_MASTER_KEY; ERR_DB_UNAVAILABLE, ERR_DB_NEWER, ERR_DB_MIGRATION; ERR_DB_EMBEDDED_UNAVAILABLE,
 *   ERR_DB_EMBEDDED_START. Nothing stays open then.
 */
export async function openStorage(config: Pick<Config, 'database' | 'masterKey'>, log: Log): Promise<Storage> {
  const keyring = openKeyring(config, log)
  const embedded = config.database.kind === 'embedded' ? await startEmbedded({ dataDir: config.database.dataDir, log }) : undefined
  const database = openDatabase({ url: config.database.kind === 'url' ? config.database.url : (embedded?.url ?? ''), log })
  const close = async () => {
    await database.close()
    await embedded?.stop()
  }
  try {
    await migrate(database.db, log)
    return { ...database, keyring, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openKeyring({ masterKey }: Pick<Config, 'masterKey'>, log: Log): Keyring {
  const isNew = masterKey.kind === 'createdOnce' && !existsSync(masterKey.path)
  const keyring = loadKeyring(masterKey)
  if (isNew) log.warn(`a master key was created in ${masterKey.path}; keep a copy: without it no stored secret can be opened`)
  return keyring
}
