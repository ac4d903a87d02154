import { type Embedded, startEmbedded } from '../../src/database/index.ts'
import { silentLog } from '../../src/kit/log.ts'

/** The run's server: everything that makes PostgreSQL durable is off, for it lives a minute. Started by whoever comes first, adopted by the others. */
export const startTestServer = (dataDir: string): Promise<Embedded> =>
  startEmbedded({
    dataDir,
    log: silentLog,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300', autovacuum_naptime: '5s' },
  })

/** Makes sure it runs, and stays running when the caller is done. */
export async function testServerUrl(dataDir: string): Promise<string> {
  const server = await startTestServer(dataDir)
  await server.leave()
  return server.url
}
