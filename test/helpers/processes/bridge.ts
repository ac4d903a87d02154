/**
 * The whole bridge in a process of its own, for tests that kill it: says where it listens. Arguments: database URL, the sandbox's addresses as JSON.
 * Ends by SIGTERM.
 */
import { readConfig } from '../../../src/config.ts'
import { createKeyring, openDatabase } from '../../../src/database/index.ts'
import { silentLog } from '../../../src/kit/log.ts'
import { wallClock } from '../../../src/kit/time.ts'
import { createBridge } from '../../../src/main/bridge.ts'

const [url = '', addresses = '{}'] = process.argv.slice(2)
const reading = readConfig({ SANDBOX: 'off', PORT: '39999', ...JSON.parse(addresses) })
if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
const database = openDatabase({ url, maxConnections: 8, log: silentLog })
const storage = { ...database, keyring: createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] }) }
const bridge = await createBridge({ config: reading.config, storage, clock: wallClock, log: silentLog })
process.once('SIGTERM', async () => {
  await bridge.stop()
  await database.close()
  process.exit(0)
})
console.log(await bridge.app.listen({ host: '127.0.0.1', port: 0 }))
