/** From an empty installation to a live offer and its first sale, by the commands a publisher types. Only the certification at Microsoft is the sandbox's. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectSeed, publisher } from '../../../sandbox/seed.ts'
import { completedForms } from '../../../sandbox/testing/forms.ts'
import { runCli } from '../../cli/program.ts'
import { offerId, productId } from '../../kit/ids.ts'
import { breathe, buyActive, type DemoDeps, seen, TENANT } from './stage.ts'

const FORMS = productId.parse('PRD-417-220-906')
const OFFER = offerId.parse('larkspur-forms')
const SEATS = 4

/** @returns whether what was onboarded was sold, on both sides */
export async function onboarding(deps: DemoDeps): Promise<boolean> {
  const { narrator } = deps
  narrator.step('The publisher is made known, with its doors to Connect, Microsoft, the sign-in and Partner Center')
  await connectAccounts(deps)

  narrator.step('What Connect shows, one product taken over, and its offer proposed')
  await bridge(deps, ['product', 'add', TENANT, FORMS])
  const file = join(deps.dataDir, 'forms.yaml')
  await bridge(deps, ['offer', 'propose', TENANT, FORMS, '--file', file, '--preview', 'mara.vogt@fabrikam.example'])

  narrator.step('The file gets what only the publisher knows: prices, pictures, contacts, and how far to publish')
  writeFileSync(file, completedForms(readFileSync(file, 'utf8'), { publish: 'live', drivesListing: true }))
  narrator.say('The running bridge writes the draft, submits the preview, waits for the certification, and goes live.')
  await bridge(deps, ['apply', file, '--wait'])
  await untilListed(deps)

  narrator.step('The offer’s first sale')
  return sell(deps)
}

async function connectAccounts(deps: DemoDeps): Promise<void> {
  const { apiApp, signInApp, partnerCenterApp, entraTenantId } = publisher
  await bridge(deps, ['tenant', 'create', TENANT, '--name', publisher.name])
  await bridge(deps, ['credential', 'set', TENANT, 'connect'], connectSeed.provider.token)
  const directory = ['--tenant-id', entraTenantId]
  await bridge(deps, ['credential', 'set', TENANT, 'microsoft', '--client-id', apiApp.clientId, ...directory], apiApp.secret)
  await bridge(deps, ['credential', 'set', TENANT, 'signIn', '--client-id', signInApp.clientId], signInApp.secret)
  await bridge(
    deps,
    ['credential', 'set', TENANT, 'partnerCenter', '--client-id', partnerCenterApp.clientId, ...directory],
    partnerCenterApp.secret,
  )
}

/** Runs one command of the terminal and shows what it says. @throws Error when it fails */
async function bridge({ narrator, env, clock, sandbox }: DemoDeps, args: readonly string[], secret?: string): Promise<void> {
  narrator.say(`$ bridge ${args.join(' ')}`)
  const said: string[] = []
  const write = (text: string) => void said.push(text)
  /** Days at Microsoft are minutes of the sandbox's clock. */
  const pause = async (): Promise<boolean> => {
    sandbox.clock.moveBy(60_000)
    await breathe()
    return true
  }
  const given = secret === undefined ? {} : { readSecret: async () => secret }
  const code = await runCli(args, { env, out: write, err: write, clock, pause, ...given })
  for (const line of said.join('').trimEnd().split('\n')) narrator.say(`  ${line}`)
  if (code !== 0) throw new Error(`bridge ${args.slice(0, 2).join(' ')} ended with ${code}`)
}

/** The sandbox's clock is moved along. */
async function untilListed({ sandbox, narrator }: DemoDeps): Promise<void> {
  const listed = () => sandbox.worlds.connect.listingRequests(FORMS).every(({ state }) => state === 'completed') || undefined
  await seen(listed, 'a completed listing request', () => sandbox.clock.moveBy(60_000))
  narrator.say('The vendor’s listing request, open in Connect since the product was made, is completed: orders are taken.')
}

async function sell(deps: DemoDeps): Promise<boolean> {
  const { connect, marketplace } = deps.sandbox.worlds
  connect.setMode(FORMS, { kind: 'automatic' })
  const id = await buyActive(deps, { offerId: OFFER, planId: 'starter', quantity: SEATS })
  const atMicrosoft = marketplace.subscription(id)
  const [asset] = connect.assets({ externalUid: id })
  deps.narrator.say(`Microsoft: ${OFFER}, plan starter, ${atMicrosoft?.status}, ${atMicrosoft?.quantity} seats`)
  deps.narrator.say(`Connect:   ${asset?.id} ${asset?.status}`)
  return atMicrosoft?.status === 'Subscribed' && asset?.status === 'active'
}
