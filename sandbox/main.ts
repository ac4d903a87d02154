/** `npm run sandbox`: the outside worlds alone, for a bridge that is started by hand or runs elsewhere. */
import { createLog } from '../src/kit/log.ts'
import { startSandbox } from './start.ts'

const port = Number(process.env['SANDBOX_PORT'] ?? 3100)
const bridgeUrl = process.env['SANDBOX_BRIDGE_URL'] ?? 'http://127.0.0.1:3000'

if (!Number.isInteger(port) || port < 0 || port > 65_535) fail('SANDBOX_PORT: expected a port number, 0 to 65535')
if (!URL.canParse(bridgeUrl)) fail('SANDBOX_BRIDGE_URL: expected a URL such as http://127.0.0.1:3000')

const sandbox = await startSandbox({ port, bridgeUrl, log: createLog('warn') }).catch(explain)
const { urls } = sandbox
process.stdout.write(`
The sandbox is ready.

  Storefront   ${urls.storefront}
  Vendor desk  ${urls.desk}
  Bridge       ${bridgeUrl}  (where its landing pages and webhooks are expected)

Point a bridge at it with

  MICROSOFT_MARKETPLACE_URL=${urls.marketplace}
  MICROSOFT_LOGIN_URL=${urls.login}
  MICROSOFT_STS_URL=${urls.sts}
  CONNECT_API_URL=${urls.connect}

`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop())

/** The one failure a person can mend; anything else is ours and is thrown on. */
function explain(error: unknown): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (taken) fail(`SANDBOX_PORT: port ${port} is taken on this machine, choose another one`)
  throw error
}

function fail(fault: string): never {
  process.stderr.write(`${fault}\n`)
  process.exit(1)
}
