/** A publisher: what an operator declares of its account, and its credentials. */
import { between, days, type Instant, type Milliseconds } from '../../kit/time.ts'
import { type Asked, defineChecks, type Finding, failed, ifAnswered, listed, passed, skipped, warning } from './check.ts'

/** A credential as it was tried this moment. */
export type TriedCredential =
  | { readonly state: 'notSet' }
  | { readonly state: 'good'; readonly notes: readonly string[] }
  | { readonly state: 'refused' | 'unclear'; readonly code: string; readonly reason: string; readonly todo: string }

export interface Declaration {
  readonly at: Instant
  readonly by: string
  readonly note: string | undefined
}

export interface Secret {
  /** Its kind and slot. */
  readonly name: string
  /** Absent for what the environment says: its age is not known. */
  readonly setAt: Instant | undefined
  readonly expiresAt: Instant | undefined
}

export interface TenantFacts {
  readonly now: Instant
  readonly declarations: Readonly<Partial<Record<string, Declaration>>>
  readonly connect: TriedCredential
  readonly microsoft: TriedCredential
  readonly partnerCenter: TriedCredential
  /** The tenant's own app, or the installation's. */
  readonly signIn: TriedCredential & { readonly whose?: 'tenant' | 'installation' }
  readonly redirectUri: string
  readonly secrets: readonly Secret[]
  /** When Microsoft's webhook was last accepted. */
  readonly webhookHeardAt: Instant | undefined
  readonly products: Asked<number>
}

/** What no API tells: an operator's tick, and for how long it stands. */
const DECLARATION_LIFE: Milliseconds = days(365)

const declaration = (code: string, what: string, todo: string) => ({
  step: 1 as const,
  about: `${what} No API tells; an operator declares it, and it stands for twelve months.`,
  judge: ({ declarations, now }: TenantFacts): Finding => {
    const said = declarations[code]
    const tick = `${todo} Then: \`bridge doctor declare TENANT ${code}\`.`
    if (!said) return skipped(`${what} No API tells, and nobody has declared it.`, tick)
    const day = said.at.toISOString().slice(0, 10)
    const words = `${what} Declared by ${said.by} on ${day}${said.note === undefined ? '' : `: ${said.note}`}.`
    return between(said.at, now) > DECLARATION_LIFE
      ? warning(`${words} That is more than twelve months ago.`, tick)
      : { result: 'declared', sentence: words }
  },
})

const notSet = (kind: string, effect: string): Finding =>
  failed(`There is no ${kind} credential: ${effect}.`, `Store one: \`bridge credential set TENANT ${kind}\`.`)

/** Entra's refusals of the app or its secret come before any answer of the marketplace. */
const isTokenRefusal = (code: string): boolean => /^ERR_MS_(CREDENTIAL|APP|DIRECTORY|LOGIN)|^ERR_SECRET|^ERR_CREDENTIAL/.test(code)

function tried(credential: TriedCredential, good: string, kind: string, effect: string): Finding {
  switch (credential.state) {
    case 'notSet':
      return notSet(kind, effect)
    case 'good':
      return passed(good)
    case 'refused':
      return failed(credential.reason, credential.todo)
    case 'unclear':
      return warning(`Could not be tried: ${credential.reason}`, credential.todo)
  }
}

const OLD: Milliseconds = days(365)
const SOON: Milliseconds = days(30)

/** The next one goes beside it, so that nothing stands still meanwhile. */
function replaceIt(secrets: readonly Secret[]): string {
  const commands = secrets.map(({ name }) => {
    const [kind = '', slot] = name.split(' ')
    if (slot === 'installation') return 'in front of the old one in SIGN_IN_CLIENT_SECRET'
    return `\`bridge credential set TENANT ${kind}${slot === 'primary' ? ' --secondary' : ''}\``
  })
  return `Store the next one beside it: ${listed([...new Set(commands)])}.`
}

export const tenantChecks = defineChecks<TenantFacts>()({
  ACCOUNT_ENROLLED: declaration(
    'ACCOUNT_ENROLLED',
    'The publisher is enrolled in the commercial marketplace program.',
    'Look in Partner Center under Account settings, Programs.',
  ),
  TAX_PROFILE: declaration(
    'TAX_PROFILE',
    'The tax profile of the publisher is complete.',
    'Look in Partner Center under Payout and tax, Profiles: without it no offer can be sold.',
  ),
  PAYOUT_PROFILE: declaration(
    'PAYOUT_PROFILE',
    'The payout account of the publisher is verified.',
    'Look in Partner Center under Payout and tax, Profiles: verification takes up to two days.',
  ),
  CONNECT_TOKEN: {
    step: 2,
    about: 'Connect accepts the token; it is of a distributor’s account and granted what ordering needs.',
    judge: ({ connect }) =>
      tried(connect, 'Connect accepts the token, and it may do what ordering needs.', 'connect', 'orders cannot reach Connect'),
  },
  CONNECT_MODULES: {
    step: 2,
    about: 'The token is granted every module the bridge can use.',
    judge: ({ connect }) => {
      if (connect.state !== 'good') return skipped('The token was not accepted.')
      return connect.notes.length === 0
        ? passed('The token is granted every module the bridge can use.')
        : warning(connect.notes.join(' '), 'Grant it in Connect under Integrations, Tokens, where it is wanted.')
    },
  },
  PRODUCTS: {
    step: 2,
    about: 'The publisher has a product to sell.',
    judge: ({ products }) =>
      ifAnswered(products, (count) =>
        count > 0
          ? passed(`${count} ${count === 1 ? 'product is' : 'products are'} set up.`)
          : failed(
              'No product is set up.',
              '`bridge product list TENANT` shows what Connect has; `bridge product add TENANT PRD-…` adds one.',
            ),
      ),
  },
  PARTNER_CENTER_APP: {
    step: 3,
    about: 'The app for publishing gets a token and may read offers.',
    judge: ({ partnerCenter }) =>
      partnerCenter.state === 'notSet'
        ? skipped(
            'There is no app for Partner Center: offers are published by hand.',
            'To have the bridge do it: `bridge credential set TENANT partnerCenter`.',
          )
        : tried(partnerCenter, 'The app for Partner Center is accepted.', 'partnerCenter', ''),
  },
  WEBHOOK_HEARD: {
    step: 3,
    about: 'Microsoft has called the webhook with a token that was accepted: the technical configuration names our address and this app.',
    judge: ({ webhookHeardAt }) =>
      webhookHeardAt
        ? passed(
            `Microsoft last called the webhook ${webhookHeardAt.toISOString().slice(0, 16).replace('T', ' ')}, with a token that was accepted.`,
          )
        : warning(
            'Microsoft has not called the webhook yet.',
            'Compare webhook, tenant id and app id with the offer’s technical configuration; then buy the preview offer and change it.',
          ),
  },
  MICROSOFT_TOKEN: {
    step: 4,
    about: 'Entra gives the publisher’s app a token, with the right audience, directory and app in it.',
    judge: ({ microsoft }) => {
      const beyond = microsoft.state === 'refused' && !isTokenRefusal(microsoft.code)
      return beyond
        ? passed('Entra gives the app a token.')
        : tried(microsoft, 'Entra gives the app a token with the right claims.', 'microsoft', "Microsoft's marketplace cannot be called")
    },
  },
  MICROSOFT_API: {
    step: 4,
    about: 'The marketplace answers this app; it has a service principal, and is the one of the offers’ technical configuration.',
    judge: ({ microsoft }) => {
      if (microsoft.state === 'notSet') return skipped('There is no app to ask with.')
      if (microsoft.state === 'refused' && isTokenRefusal(microsoft.code))
        return skipped('Without a token the marketplace cannot be asked.')
      return tried(microsoft, 'The marketplace answers this app.', 'microsoft', '')
    },
  },
  SIGN_IN_APP: {
    step: 4,
    about: 'Entra takes the app buyers sign in with, its secret, and our redirect address, as far as it can be tried without a buyer.',
    judge: ({ signIn, redirectUri }) => {
      if (signIn.state === 'good' && signIn.notes.length > 0) return warning(signIn.notes.join(' '), 'Open a landing page and sign in.')
      const whose = signIn.whose === 'installation' ? ' (the installation’s own)' : ''
      return tried(signIn, `Entra takes the sign-in app${whose}, its secret and ${redirectUri}.`, 'signIn', 'buyers cannot sign in')
    },
  },
  SECRETS: {
    step: 4,
    about: 'No secret ends within 30 days, and none is older than a year.',
    judge: ({ secrets, now }) => {
      const ended = secrets.filter(({ expiresAt }) => expiresAt && between(now, expiresAt) <= 0)
      const name = ({ name }: Secret) => name
      if (ended.length > 0) return failed(`The end of ${listed(ended.map(name))} has come.`, replaceIt(ended))
      const ending = secrets.filter(({ expiresAt }) => expiresAt && between(now, expiresAt) <= SOON)
      if (ending.length > 0) {
        const told = ending.map((one) => `${one.name} on ${one.expiresAt?.toISOString().slice(0, 10)}`)
        return warning(`Within 30 days ends ${listed(told)}.`, replaceIt(ending))
      }
      const old = secrets.filter(({ setAt }) => setAt && between(setAt, now) > OLD)
      return old.length === 0
        ? passed('No secret ends within 30 days, and none is older than a year.')
        : warning(`Older than a year: ${listed(old.map(name))}.`, replaceIt(old))
    },
  },
})

export type TenantCode = keyof typeof tenantChecks
export const declarable = ['ACCOUNT_ENROLLED', 'TAX_PROFILE', 'PAYOUT_PROFILE'] as const
export type Declarable = (typeof declarable)[number]
