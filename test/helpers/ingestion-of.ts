/** The publisher's clients as the bridge makes them: Partner Center read by the bridge's own reader. */
import { createHttp } from '../../src/kit/http.ts'
import type { TenantId } from '../../src/kit/ids.ts'
import { silentLog } from '../../src/kit/log.ts'
import { tenantClients } from '../../src/main/subscriptions.ts'
import type { MicrosoftIngestion } from '../../src/microsoft/index.ts'
import type { TenantClients } from '../../src/tenants/index.ts'
import type { World } from './world.ts'

export async function withClients<T>(
  { config, database, keyring, clock }: World,
  work: (clients: TenantClients) => Promise<T>,
): Promise<T> {
  const http = createHttp({ clock, log: silentLog })
  try {
    return await work(tenantClients({ config, storage: { ...database, keyring }, clock, log: silentLog }, http))
  } finally {
    await http.close()
  }
}

export const withIngestion = <T>(world: World, tenantId: TenantId, work: (ingestion: MicrosoftIngestion) => Promise<T>): Promise<T> =>
  withClients(world, async ({ ingestionFor }) => work(await ingestionFor(tenantId)))
