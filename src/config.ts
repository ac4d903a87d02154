/**
 * The configuration: what the environment says, checked as a whole. Pure: only `src/main.ts` and `src/cli/main.ts` hand in
 * `process.env`. The variables themselves, with their meanings, are in `config/variables.ts`.
 */
import { join } from 'node:path'
import type { ConfigFault } from './config/faults.ts'
import { readIngestionVersions } from './config/ingestion.ts'
import { createReader, type Reader } from './config/reader.ts'
import { typoFaults } from './config/typos.ts'
import {
  hostInUrl,
  readBaseUrl,
  readDatabaseUrl,
  readDay,
  readGuid,
  readHost,
  readLinkPattern,
  readOrigin,
  readPort,
  readProbeUrl,
  readSecrets,
  readTrustProxy,
  type TrustProxy,
} from './config/values.ts'
import { type VariableName, variableOf } from './config/variables.ts'
import { isLoopback } from './kit/loopback.ts'
import { type Instant, type Milliseconds, seconds } from './kit/time.ts'
import type { IngestionVersions } from './microsoft/index.ts'

export { type ConfigFault, describeFaults } from './config/faults.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Where the outside world is. No URL ends with a slash. */
export interface OutsideUrls {
  readonly marketplace: string
  readonly metering: string
  readonly login: string
  readonly sts: string
  readonly ingestion: string
  /** Of tenants without their own. */
  readonly connect: string
  /** Where people open a reseller's set-up request, `{id}` in it; absent: its address in the API. */
  readonly tierRequest: string | undefined
}

export type MasterKeySource =
  /** The text of BRIDGE_MASTER_KEY: one key or several separated by commas, the current one first. */
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Embedded database only: read from there, and made there the first time. */
  | { readonly kind: 'createdOnce'; readonly path: string }

export interface Config {
  readonly host: string
  readonly port: number
  /** Our own origin from outside, without a slash at the end. */
  readonly publicUrl: string
  readonly trustProxy: TrustProxy
  readonly logLevel: LogLevel
  readonly dataDir: string
  readonly database: { readonly kind: 'url'; readonly url: string } | { readonly kind: 'embedded'; readonly dataDir: string }
  readonly masterKey: MasterKeySource
  readonly outside: OutsideUrls
  /** Of resources of the Product Ingestion API: those that differ from the defaults. */
  readonly ingestionVersions: Partial<IngestionVersions>
  /** Between looks at a job of Partner Center. */
  readonly partnerCenterPoll: Milliseconds
  /** The installation's own app for the sign-in of buyers, of tenants without one. */
  readonly signInApp:
    | { readonly clientId: string; readonly secrets: readonly string[]; readonly expiresAt: Instant | undefined }
    | undefined
  /** Calls an address of ours from outside, for the preflight. */
  readonly reachabilityProbe: string | undefined
  /** `url` is where it listens when it is on. */
  readonly sandbox: { readonly on: boolean; readonly port: number; readonly url: string }
}

export type ConfigReading = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: readonly ConfigFault[] }

/** Reads the whole configuration, or says everything that is wrong with it. Faults never hold a secret's value. */
export function readConfig(env: Environment): ConfigReading {
  const reader = createReader(env)
  const host = reader.read('HOST', readHost, '127.0.0.1')
  const port = reader.read('PORT', readPort, 3000)
  const dataDir = reader.read('DATA_DIR', (text) => text, './data')
  const sandbox = readSandbox(reader, port)
  const config: Config = {
    host,
    port,
    publicUrl: readPublicUrl(reader, host, port),
    trustProxy: reader.read('TRUST_PROXY', readTrustProxy, false),
    logLevel: reader.read('LOG_LEVEL', oneOf(logLevels), sandbox.on ? 'warn' : 'info'),
    dataDir,
    database: readDatabase(reader, dataDir),
    masterKey: readMasterKey(reader, dataDir),
    outside: readOutside(reader, sandbox.on ? sandboxUrls(sandbox.url) : realUrls),
    ingestionVersions: reader.read('MICROSOFT_INGESTION_VERSIONS', readIngestionVersions, {}),
    partnerCenterPoll: readPoll(reader, sandbox.on),
    signInApp: readSignInApp(reader),
    reachabilityProbe: reader.read('REACHABILITY_PROBE_URL', readProbeUrl, undefined),
    sandbox,
  }
  const faults = [...reader.faults, ...typoFaults(env)]
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config }
}

/** Microsoft asks for a minute at least. */
function readPoll(reader: Reader, withSandbox: boolean): Milliseconds {
  const least = withSandbox || reader.isSet('MICROSOFT_INGESTION_URL') ? 1 : 60
  const read = (text: string) => (/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= 3600 ? Number(text) : undefined)
  return seconds(reader.read('PARTNER_CENTER_POLL_SECONDS', read, withSandbox ? 1 : 60))
}

const oneOf =
  <const T extends string>(allowed: readonly T[]) =>
  (text: string): T | undefined =>
    allowed.find((value) => value === text.toLowerCase())

function readPublicUrl(reader: Reader, host: string, port: number): string {
  const otherwise = `http://${hostInUrl(host)}:${port}`
  if (!reader.isSet('PUBLIC_URL') && !isLoopback(host)) {
    reader.fault('PUBLIC_URL', 'the origin buyers and Microsoft reach, because HOST is not a loopback address')
  }
  return reader.read('PUBLIC_URL', readOrigin, otherwise)
}

const readDatabase = (reader: Reader, dataDir: string): Config['database'] => {
  const url = reader.read('DATABASE_URL', readDatabaseUrl, undefined)
  return url === undefined ? { kind: 'embedded', dataDir } : { kind: 'url', url }
}

function readMasterKey(reader: Reader, dataDir: string): MasterKeySource {
  const text = reader.raw('BRIDGE_MASTER_KEY')
  const path = reader.raw('BRIDGE_MASTER_KEY_FILE')
  if (text !== undefined && path !== undefined) reader.fault('BRIDGE_MASTER_KEY_FILE', 'to be absent while BRIDGE_MASTER_KEY is set')
  if (text !== undefined) return { kind: 'value', text: reader.read('BRIDGE_MASTER_KEY', readKeys, '') }
  if (path !== undefined) return { kind: 'file', path }
  if (reader.isSet('DATABASE_URL')) {
    reader.fault('BRIDGE_MASTER_KEY', 'a master key here or in BRIDGE_MASTER_KEY_FILE, because DATABASE_URL is set')
  }
  return { kind: 'createdOnce', path: join(dataDir, 'master-key') }
}

function readSignInApp(reader: Reader): Config['signInApp'] {
  const clientId = reader.read('SIGN_IN_CLIENT_ID', readGuid, undefined)
  const secrets = reader.read('SIGN_IN_CLIENT_SECRET', readSecrets, undefined)
  if (reader.isSet('SIGN_IN_CLIENT_ID') !== reader.isSet('SIGN_IN_CLIENT_SECRET')) {
    const [there, missing] = reader.isSet('SIGN_IN_CLIENT_ID')
      ? (['SIGN_IN_CLIENT_ID', 'SIGN_IN_CLIENT_SECRET'] as const)
      : (['SIGN_IN_CLIENT_SECRET', 'SIGN_IN_CLIENT_ID'] as const)
    reader.fault(
      missing,
      `${variableOf(missing).expected}, because ${there} is set (or take ${there} away: then each tenant needs a sign-in app of its own)`,
    )
  }
  const expiresAt = reader.read('SIGN_IN_CLIENT_SECRET_EXPIRES', readDay, undefined)
  return clientId === undefined || secrets === undefined ? undefined : { clientId, secrets, expiresAt }
}

const isKey = (text: string): boolean => /^[0-9a-fA-F]{64}$/.test(text) || /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
const readKeys = (text: string): string | undefined => (text.split(',').every((part) => isKey(part.trim())) ? text : undefined)

const realUrls: OutsideUrls = {
  marketplace: 'https://marketplaceapi.microsoft.com/api',
  metering: 'https://marketplaceapi.microsoft.com/api',
  login: 'https://login.microsoftonline.com',
  sts: 'https://sts.windows.net',
  ingestion: 'https://graph.microsoft.com/rp/product-ingestion',
  connect: 'https://api.connect.cloudblue.com/public/v1',
  tierRequest: undefined,
}

/** The sandbox's doors, as `sandbox/start.ts` opens them. */
const sandboxUrls = (base: string): OutsideUrls => ({
  marketplace: `${base}/marketplace/api`,
  metering: `${base}/marketplace/api`,
  login: `${base}/entra`,
  sts: `${base}/sts`,
  ingestion: `${base}/rp/product-ingestion`,
  connect: `${base}/connect/public/v1`,
  tierRequest: `${base}/desk/tiers/{id}`,
})

function readOutside(reader: Reader, otherwise: OutsideUrls): OutsideUrls {
  const url = (name: VariableName, fallback: string): string => reader.read(name, readBaseUrl, fallback)
  const marketplace = url('MICROSOFT_MARKETPLACE_URL', otherwise.marketplace)
  return {
    marketplace,
    metering: url('MICROSOFT_METERING_URL', marketplace),
    login: url('MICROSOFT_LOGIN_URL', otherwise.login),
    sts: url('MICROSOFT_STS_URL', otherwise.sts),
    ingestion: url('MICROSOFT_INGESTION_URL', otherwise.ingestion),
    connect: url('CONNECT_API_URL', otherwise.connect),
    tierRequest: reader.read('CONNECT_TIER_REQUEST_URL', readLinkPattern, otherwise.tierRequest),
  }
}

/** What says "this is a real installation", beside a PUBLIC_URL beyond this machine: with any of them `SANDBOX=auto` means off. */
const signsOfReal: readonly VariableName[] = [
  'DATABASE_URL',
  'BRIDGE_MASTER_KEY',
  'BRIDGE_MASTER_KEY_FILE',
  'MICROSOFT_MARKETPLACE_URL',
  'MICROSOFT_METERING_URL',
  'MICROSOFT_LOGIN_URL',
  'MICROSOFT_STS_URL',
  'MICROSOFT_INGESTION_URL',
  'CONNECT_API_URL',
]

function looksReal(reader: Reader): boolean {
  const origin = readOrigin(reader.raw('PUBLIC_URL') ?? '')
  return reader.isSet(...signsOfReal) || (origin !== undefined && !isLoopback(new URL(origin).hostname))
}

function readSandbox(reader: Reader, bridgePort: number): Config['sandbox'] {
  const mode = reader.read('SANDBOX', oneOf(['auto', 'on', 'off']), 'auto')
  const on = mode === 'on' || (mode === 'auto' && !looksReal(reader))
  const port = reader.read('SANDBOX_PORT', readPort, 3100)
  if (on && port === bridgePort) reader.fault('SANDBOX_PORT', `a port other than PORT (${bridgePort})`)
  return { on, port, url: `http://127.0.0.1:${port}` }
}
