/** Larkspur Forms, a product without an offer, made ready to be published: proposed from Connect, and given what only the publisher knows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publisher } from '../../sandbox/seed.ts'
import { completedForms, type FormsChange } from '../../sandbox/testing/forms.ts'
import {
  type Goal,
  keepProposal,
  keptOffers,
  type OfferPlanned,
  offerLook,
  planOffer,
  readPublication,
  type Standing,
  type WantedBy,
  wakeOffers,
  wantOffer,
} from '../../src/catalogue/index.ts'
import { inTransaction } from '../../src/database/index.ts'
import { startWorker } from '../../src/database/work/index.ts'
import { type CrashPoint, noCrash } from '../../src/kit/crash-point.ts'
import { createHttp } from '../../src/kit/http.ts'
import { type OfferId, offerId, productId } from '../../src/kit/ids.ts'
import { silentLog } from '../../src/kit/log.ts'
import { minutes } from '../../src/kit/time.ts'
import { offerDeps } from '../../src/main/offers.ts'
import { tenantClients } from '../../src/main/subscriptions.ts'
import { getOfferContent, type ListingContent, saveOfferContent } from '../../src/tenants/index.ts'
import { terminal } from './at-terminal.ts'
import { withClients } from './ingestion-of.ts'
import { TENANT, type World } from './world.ts'

export const FORMS = 'PRD-417-220-906'
export const FORMS_OFFER = offerId.parse('larkspur-forms')
export const formsKey = { tenantId: TENANT, offerId: FORMS_OFFER }

export interface FormsFile {
  readonly path: string
  /** Writes the file anew and applies it. */
  apply(change?: FormsChange): ReturnType<ReturnType<typeof terminal>>
  remove(): void
}

/** The publisher's credential is set, the product added, and the proposal written to a file that is not applied yet. */
export async function proposeForms(world: World): Promise<FormsFile> {
  const { clientId, secret } = publisher.partnerCenterApp
  const run = terminal(world, { input: secret })
  const folder = mkdtempSync(join(tmpdir(), 'bridge-forms-'))
  const path = join(folder, 'forms.yaml')
  for (const command of [
    ['credential', 'set', TENANT, 'partnerCenter', '--client-id', clientId, '--tenant-id', publisher.entraTenantId],
    ['product', 'add', TENANT, FORMS],
    ['offer', 'propose', TENANT, FORMS, '--file', path, '--preview', 'mara.vogt@fabrikam.example'],
  ]) {
    const ran = await run(...command)
    if (ran.code !== 0) throw new Error(ran.err)
  }
  const proposed = readFileSync(path, 'utf8')
  return {
    path,
    apply(change = {}) {
      writeFileSync(path, completedForms(proposed, change))
      return run('apply', path)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Larkspur Forms once more, under an id of its own: each test has an offer that no other touches, in one world. */
export interface FormsOffer {
  readonly key: { readonly tenantId: typeof TENANT; readonly offerId: OfferId }
  want(target: Goal, more?: Partial<WantedBy>): Promise<void>
  /** Other texts on its page, and a look. */
  change(texts: Partial<Pick<ListingContent, 'title' | 'summary'>>): Promise<void>
  /** Passes time until its way has come to this. */
  comesTo(kind: Standing['next']['kind'], why?: string): Promise<void>
  plan(): Promise<OfferPlanned | undefined>
}

/** Nothing on its way takes longer in the sandbox. */
const MOST_LOOKS = 120

/** The file of `proposeForms` is applied already: the content is copied. */
export async function formsOffer(world: World, id: string, pass: World['pass']): Promise<FormsOffer> {
  const { db } = world.database
  const { clock, keyring, config } = world
  const key = { tenantId: TENANT, offerId: offerId.parse(id) }
  const [kept] = (await keptOffers(db, TENANT, productId.parse(FORMS))).offers
  if (!kept) throw new Error('Larkspur Forms has no offer yet')
  const plans = kept.plans.map((plan) => ({ ...plan, made: false }))
  await keepProposal({ db, keyring, clock }, TENANT, productId.parse(FORMS), [{ ...kept, id, plans, made: false }])
  return {
    key,
    want: (target, more) => wantOffer(db, key, target, { name: 'mara', at: clock.now(), confirmsLive: target === 'live', ...more }),
    async change(texts) {
      const content = (await getOfferContent(db, TENANT, key.offerId))?.content ?? kept.content
      const listings = content.listings.map((listing) => ({ ...listing, ...texts }))
      await inTransaction(db, async (tx) => {
        await saveOfferContent(
          tx,
          keyring,
          TENANT,
          { offerId: key.offerId, content: { ...content, listings }, leadSecret: undefined },
          clock.now(),
        )
        await wakeOffers(tx, clock.now())
      })
    },
    async comesTo(kind, why) {
      for (let look = 0; look < MOST_LOOKS; look++) {
        const { standing, revision } = (await readPublication(db, key)) ?? {}
        if (standing?.revision === revision && standing?.next.kind === kind && standing.next.why === why) return
        await pass(minutes(1))
      }
      throw new Error(`${id} never came to this: ${kind} ${why ?? ''}`)
    },
    plan: () =>
      withClients(world, ({ ingestionFor }) => planOffer(offerDeps({ config, storage: { db, keyring }, clock }, { ingestionFor }), key)),
  }
}

/** The look at offers alone, on the world's database and clock: nothing else of the bridge moves, which is what makes minutes cheap. */
export async function offersOnly(
  world: World,
  crashPoint: CrashPoint = noCrash,
): Promise<{ readonly pass: World['pass']; stop(): Promise<void> }> {
  const { database, keyring, clock, config, sandbox } = world
  const http = createHttp({ clock, log: silentLog })
  const storage = { ...database, keyring }
  const clients = tenantClients({ config, storage, clock, log: silentLog }, http)
  const look = offerLook({ ...offerDeps({ config, storage, clock }, clients), log: silentLog, crashPoint })
  const worker = startWorker({ database, looks: [look], clock, log: silentLog, crashPoint, onlyWhenAsked: true })
  return {
    async pass(length) {
      clock.moveBy(length)
      await sandbox.settled()
      while ((await worker.runDue()) > 0) await sandbox.settled()
    },
    async stop() {
      await worker.stop()
      await http.close()
    },
  }
}
