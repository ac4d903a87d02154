/** `bridge credential`: what opens the doors outside, tried before it is kept. */
import type { Command } from 'commander'
import {
  type CredentialKind,
  checkCredentials,
  credentialKinds,
  dropCredential,
  type Kept,
  type Slot,
  setCredential,
} from '../tenants/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { probeLines } from './credential-words.ts'
import { oneOf, tenantNamed, wrongUsage } from './parse.ts'
import { fileText, readSecretFrom, SECRET_SOURCE } from './secret-source.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface SlotOptions {
  readonly primary?: boolean
  readonly secondary?: boolean
  readonly json?: boolean
}

interface SetOptions extends SlotOptions {
  readonly secretFrom: string
  readonly certificate?: string
  readonly clientId?: string
  readonly tenantId?: string
  readonly expires?: string
  readonly unchecked?: boolean
}

interface DropOptions extends SlotOptions {
  readonly yes?: boolean
}

export function addCredential(program: Command, context: CliContext): void {
  const credential = program
    .command('credential')
    .description('what opens the doors of Connect, Microsoft, sign-in and Partner Center for a tenant')
  slotted(credential.command('set').description('try a credential at the other side, and keep it when it is good'))
    .option('--secret-from <source>', `Connect’s token, the client secret, or the certificate’s private key: ${SECRET_SOURCE}`, '-')
    .option('--certificate <file>', 'an X.509 certificate as PEM; the secret is then its RSA private key')
    .option('--client-id <guid>', 'application (client) id; default: that of the credential that is there')
    .option('--tenant-id <guid>', 'directory (tenant) id of the app; default: that of the credential that is there')
    .option('--expires <date>', 'when the secret ends, as the other side showed it: 2027-01-31')
    .option('--unchecked', 'keep it without trying it')
    .option('--json', 'print JSON')
    .action((tenant: string, kind: string, options: SetOptions) => set(context, tenant, kindOf(kind), options))
  credential
    .command('check')
    .description('try every credential of a tenant now')
    .argument('<tenant>')
    .argument('[kind]', credentialKinds.join(', '))
    .option('--json', 'print JSON')
    .action((tenant: string, kind: string | undefined, options: SlotOptions) => check(context, tenant, kind, options))
  slotted(credential.command('drop').description('forget a credential'))
    .option('--yes', 'go on without asking')
    .option('--json', 'print JSON')
    .action((tenant: string, kind: string, options: DropOptions) => drop(context, tenant, kindOf(kind), options))
}

const slotted = (command: Command): Command =>
  command
    .argument('<tenant>')
    .argument('<kind>', credentialKinds.join(', '))
    .option('--primary', 'the first slot (default)')
    .option('--secondary', 'the second slot, while one secret replaces another')

const kindOf = (text: string): CredentialKind => oneOf(credentialKinds, text, 'kind of credential')

function slotOf({ primary, secondary }: SlotOptions): Slot {
  if (primary && secondary) throw wrongUsage('either --primary or --secondary')
  return secondary ? 'secondary' : 'primary'
}

async function set(context: CliContext, tenant: string, kind: CredentialKind, options: SetOptions): Promise<void> {
  const slot = slotOf(options)
  const { certificate, clientId, tenantId, expires, unchecked = false, json } = options
  const secret = await readSecretFrom(context, options.secretFrom, '--secret-from', QUESTIONS[kind])
  const pem = certificate === undefined ? undefined : fileText(certificate, '--certificate')
  const kept = await withBridge(context, async ({ db, keyring, probing }) => {
    const { id } = await tenantNamed(db, tenant)
    const deps = { ...probing, db, keyring, onChange: wakeWhatWaited(context.clock) }
    return setCredential(deps, id, { kind, slot, clientId, tenantId, secret, certificate: pem, expiresAt: expires }, { unchecked })
  })
  print(context, json, view(kept), () => [
    ...(kept.probe ? probeLines(kept.probe) : []),
    outcomeInWords(tenant, kept),
    ...besideInWords(tenant, kept),
  ])
  if (!kept.stored) throw new CommandFailure('Nothing was changed. To keep it all the same: --unchecked')
}

const QUESTIONS: Readonly<Record<CredentialKind, string>> = {
  connect: 'Connect’s token, with the word ApiKey',
  microsoft: 'Client secret of the app',
  signIn: 'Client secret of the sign-in app',
  partnerCenter: 'Client secret of the Partner Center app',
}

function outcomeInWords(tenant: string, { stored, probe, credential }: Kept): string {
  const name = `${credential.facts.kind} ${credential.slot} of ${tenant}`
  if (!stored) return `Not kept: ${name}.`
  const end = credential.expiresAt ? `, until ${credential.expiresAt.toISOString().slice(0, 10)}` : ', without a known end'
  return `Kept${probe ? '' : ', unchecked'}: ${name}${end}.`
}

/** Which of two is used from now on. */
function besideInWords(tenant: string, { stored, credential: { slot, facts }, beside }: Kept): readonly string[] {
  if (beside === undefined) return []
  if (!stored) return [`The ${beside} one is used as before.`]
  return [
    `Used first from now on: ${slot}. The ${beside} one stays behind it, and is used where the other side takes only that.`,
    `Once the old one is withdrawn there: bridge credential drop ${tenant} ${facts.kind} --${beside}`,
  ]
}

const view = ({ stored, probe, beside, credential: { slot, facts, expiresAt } }: Kept) => {
  const { certificate, ...open } = { certificate: undefined, ...facts }
  return {
    stored,
    probe: probe ?? null,
    beside: beside ?? null,
    credential: { slot, ...open, certificate: certificate?.thumbprint ?? null, expiresAt: expiresAt ?? null },
  }
}

const STOPS: Readonly<Record<CredentialKind, string>> = {
  connect: 'orders no longer reach Connect',
  microsoft: 'Microsoft’s marketplace can no longer be called, and changes buyers make there are taken as accepted',
  signIn: 'buyers sign in with the installation’s app, or not at all where there is none',
  partnerCenter: 'offers are published by hand',
}

async function drop(context: CliContext, tenant: string, kind: CredentialKind, options: DropOptions): Promise<void> {
  const slot = slotOf(options)
  const effect = `The ${slot} ${kind} credential of ${tenant} is forgotten. Unless the other slot is good, ${STOPS[kind]}.`
  if (!options.json) print(context, false, undefined, () => ['This will happen:', `  ${effect}`])
  const wanted = options.yes || (context.ask && !options.json && (await context.ask('Go on?')))
  if (!wanted) throw new CommandFailure('Nothing was done. To go on: --yes', exitCodes.previewed)
  await withBridge(context, async ({ db }) => {
    const { id } = await tenantNamed(db, tenant)
    await dropCredential({ db, clock: context.clock, onChange: wakeWhatWaited(context.clock) }, id, kind, slot)
  })
  print(context, options.json, { dropped: { tenant, kind, slot } }, () => [`Forgotten: ${kind} ${slot} of ${tenant}.`])
}

async function check(context: CliContext, tenant: string, kind: string | undefined, { json }: SlotOptions): Promise<void> {
  const wanted = kind === undefined ? undefined : kindOf(kind)
  const checked = await withBridge(context, async ({ db, keyring, probing }) => {
    const { id } = await tenantNamed(db, tenant)
    return checkCredentials({ ...probing, db, keyring }, id, { kind: wanted })
  })
  const value = checked.map(({ kind, slot, outcome }) => ({ kind, slot, ...outcome }))
  print(context, json, value, () =>
    checked.length === 0
      ? [`Not set. Next: bridge credential set ${tenant} ${wanted ?? 'connect'}`]
      : checked.flatMap(({ kind, slot, outcome }) => [`${kind} ${slot}`, ...probeLines(outcome).map((line) => `  ${line}`)]),
  )
  if (checked.some(({ outcome }) => outcome.result !== 'good')) throw new CommandFailure('Not all of them are good.')
}
