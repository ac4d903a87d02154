/** The environment's vocabulary: every variable the bridge reads, what it expects there, and what holds without it. */

export interface Variable {
  /** What the value must look like; printed when it does not. */
  readonly expected: string
  /** What holds when it is absent, for people. */
  readonly otherwise: string
  readonly about: string
  /** Its value is never shown. */
  readonly secret?: true
}

const httpsUrl = 'an https URL without query (plain http only for a loopback host)'

export const variables = {
  PORT: { expected: 'a port, 1 to 65535', otherwise: '3000', about: 'Where the bridge listens.' },
  HOST: { expected: 'an IP address or a host name', otherwise: '127.0.0.1', about: 'The address it listens on; 0.0.0.0 for all.' },
  PUBLIC_URL: {
    expected: 'the https origin buyers and Microsoft reach, without a path (plain http only for a loopback host)',
    otherwise: 'http://HOST:PORT, for a loopback HOST only',
    about: 'Our own address from outside: landing page, webhook and sign-in redirect begin with it.',
  },
  TRUST_PROXY: {
    expected: 'true, false, the number of proxies, or their addresses separated by commas',
    otherwise: 'false',
    about: 'Whose X-Forwarded-* headers are believed. Set it behind a load balancer.',
  },
  LOG_LEVEL: {
    expected: 'fatal, error, warn, info, debug, trace or silent',
    otherwise: 'info; with the sandbox warn',
    about: 'How much is logged.',
  },
  DATA_DIR: {
    expected: 'a folder',
    otherwise: './data',
    about: 'Where the embedded PostgreSQL and the master key made with it live.',
  },
  DATABASE_URL: {
    expected: 'postgres://user:password@host:port/database',
    otherwise: 'an embedded PostgreSQL under DATA_DIR',
    about: 'PostgreSQL 15 or later.',
    secret: true,
  },
  BRIDGE_MASTER_KEY: {
    expected: '32 bytes as base64 or 64 hex digits; several separated by commas while rotating, the current one first',
    otherwise: 'BRIDGE_MASTER_KEY_FILE, or with the embedded database a key made once under DATA_DIR',
    about: "Seals the tenants' secrets in the database.",
    secret: true,
  },
  BRIDGE_MASTER_KEY_FILE: {
    expected: 'the path of a file with the master key, one key a line, the current one first; not together with BRIDGE_MASTER_KEY',
    otherwise: 'see BRIDGE_MASTER_KEY',
    about: 'The same from a file, as secret stores mount them.',
  },
  MICROSOFT_MARKETPLACE_URL: {
    expected: httpsUrl,
    otherwise: 'https://marketplaceapi.microsoft.com/api',
    about: 'SaaS fulfilment API, up to and including /api.',
  },
  MICROSOFT_METERING_URL: { expected: httpsUrl, otherwise: 'the same as MICROSOFT_MARKETPLACE_URL', about: 'Metering API.' },
  MICROSOFT_LOGIN_URL: {
    expected: httpsUrl,
    otherwise: 'https://login.microsoftonline.com',
    about: 'Entra: token endpoint, sign-in authority, discovery and keys all derive from it.',
  },
  MICROSOFT_STS_URL: { expected: httpsUrl, otherwise: 'https://sts.windows.net', about: 'The issuer in tokens of version 1.' },
  MICROSOFT_INGESTION_URL: {
    expected: httpsUrl,
    otherwise: 'https://graph.microsoft.com/rp/product-ingestion',
    about: 'Product Ingestion API.',
  },
  PARTNER_CENTER_POLL_SECONDS: {
    expected: 'whole seconds from 60 to 3600, from 1 with an address of your own in MICROSOFT_INGESTION_URL',
    otherwise: '60; with the sandbox 1',
    about: 'Between looks at a job of Partner Center; a publication, which takes hours to days, is looked at every fifth time.',
  },
  MICROSOFT_INGESTION_VERSIONS: {
    expected: 'type=version pairs separated by commas, such as listing=2022-03-01-preview5; the types are named in docs/configuration.md',
    otherwise: 'the versions Microsoft served when this release was made',
    about: 'Versions of resources of the Product Ingestion API, where Microsoft has moved on.',
  },
  CONNECT_API_URL: {
    expected: httpsUrl,
    otherwise: 'https://api.connect.cloudblue.com/public/v1',
    about: "CloudBlue Connect's API, up to and including /public/v1. A tenant may have its own.",
  },
  CONNECT_TIER_REQUEST_URL: {
    expected: 'an https URL with {id} where the id of the request goes, without query (plain http only for a loopback host)',
    otherwise: 'the address of the request in the API; with the sandbox, its page on the vendor’s desk',
    about: "Where people open a reseller's set-up request (TCR-…) in Connect's portal. Orders that wait for one are shown with this link.",
  },
  SIGN_IN_CLIENT_ID: {
    expected: 'the application (client) id of an Entra app, a GUID as its overview in Entra shows it; together with SIGN_IN_CLIENT_SECRET',
    otherwise: 'each tenant needs a sign-in app of its own',
    about: "The installation's app buyers sign in with, of tenants without one.",
  },
  SIGN_IN_CLIENT_SECRET: {
    expected: "the client secret's value, not its id; two separated by a comma while replacing, the new one first, none of them empty",
    otherwise: 'see SIGN_IN_CLIENT_ID',
    about: 'Its secret.',
    secret: true,
  },
  SIGN_IN_CLIENT_SECRET_EXPIRES: {
    expected: 'the day the newest secret ends, as Entra showed it when it was made: 2027-01-31',
    otherwise: 'nobody is told before it ends',
    about: 'When that secret ends: tenants that use the app are told 30, 14 and 3 days before.',
  },
  REACHABILITY_PROBE_URL: {
    expected:
      'the https URL of a probe that runs outside, with its key in the query where it has one (plain http only for a loopback host); leave it out to have our addresses called from here',
    otherwise: 'the preflight calls our addresses from here only',
    about:
      'A service outside that calls the address given as ?url= with the method given as ?method= and answers { "status": 200 }, or null.',
    secret: true,
  },
  SANDBOX: {
    expected: 'auto, on or off',
    otherwise:
      'auto: on unless DATABASE_URL, BRIDGE_MASTER_KEY(_FILE), an outside URL (MICROSOFT_*, CONNECT_API_URL) or a PUBLIC_URL beyond this machine is set',
    about: 'Stand-ins for Microsoft and Connect on this machine. While on, every outside URL not set by hand points to it.',
  },
  SANDBOX_PORT: { expected: 'a port other than PORT, 1 to 65535', otherwise: '3100', about: 'Where the sandbox listens, on 127.0.0.1.' },
} as const satisfies Readonly<Record<string, Variable>>

export type VariableName = keyof typeof variables

export const variableNames = Object.keys(variables) as readonly VariableName[]

/** Widened, for code that treats all alike. */
export const variableOf = (name: VariableName): Variable => variables[name]
