/** The publisher's Partner Center as the bridge reads it. */
import { createHttp } from '../../src/kit/http.ts'
import type { TenantId } from '../../src/kit/ids.ts'
import { silentLog } from '../../src/kit/log.ts'
import { tenantClients } from '../../src/main/subscriptions.ts'
import type { MicrosoftIngestion } from '../../src/microsoft/index.ts'
import type { World } from './world.ts'

export async function withIngestion<T>(
  { config, database, keyring, clock }: World,
  tenantId: TenantId,
  work: (ingestion: MicrosoftIngestion) => Promise<T>,
): Promise<T> {
  const http = createHttp({ clock, log: silentLog })
  try {
    const clients = tenantClients({ config, storage: { ...database, keyring }, clock, log: silentLog }, http)
    return await work(await clients.ingestionFor(tenantId))
  } finally {
    await http.close()
  }
}
