/** `bridge offer propose`, `show`. */
import type { Command } from 'commander'
import { type Proposal, proposeOffers, showOffers } from '../catalogue/index.ts'
import { productId } from '../kit/ids.ts'
import { keepProposed } from '../operator/index.ts'
import { type CliContext, print, withBridge } from './context.ts'
import { addHistoryCommand } from './history.ts'
import { addChecklist } from './offer-checklist.ts'
import { writeOfferFile } from './offer-file.ts'
import { addImport } from './offer-import.ts'
import { addMapping } from './offer-mapping.ts'
import { addPublishing } from './offer-publish.ts'
import { addResync } from './offer-resync.ts'
import { offerLines, written } from './offer-words.ts'
import { operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly save?: boolean
  readonly as?: string
  readonly file?: string
  readonly language?: string
  readonly country?: readonly string[]
  readonly preview?: readonly string[]
  readonly mergePeriods?: boolean
  readonly json?: boolean
}

export function addOffer(program: Command, context: CliContext): void {
  const offer = program.command('offer').description('a product as offers at Microsoft')
  offer
    .command('propose')
    .description('how a product would be sold at Microsoft, and what is in the way; nothing is changed without --save')
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--save', 'keep the proposal: offers, plans, plan map')
    .option('--file <file>', 'write it as a set-up file, to edit and apply')
    .option('--language <id>', 'of the first page', 'en-us')
    .option('--country <code...>', 'sell in these countries only; otherwise wherever Microsoft remits the tax')
    .option('--preview <mail...>', 'who sees the preview')
    .option('--merge-periods', 'monthly and yearly items of the same thing become terms of one plan')
    .option('--as <name>', 'who does it, for the history; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((tenant: string, product: string, options: Options) => propose(context, tenant, product, options))
  offer
    .command('show')
    .description('what is kept of a product’s offers, and what Microsoft would not take')
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--file <file>', 'write it as a set-up file, to edit and apply')
    .option('--json', 'print JSON')
    .action((tenant: string, product: string, options: Options) => show(context, tenant, product, options))
  addChecklist(offer, context)
  addImport(offer, context)
  addResync(offer, context)
  addPublishing(offer, context)
  addHistoryCommand(offer, context, 'offer')
  addMapping(offer, context)
}

async function propose(context: CliContext, name: string, product: string, options: Options): Promise<void> {
  const { save = false, file, language = 'en-us', country, preview = [], mergePeriods = false, json } = options
  const wishes = { language: language.toLowerCase(), countries: country, previewAudience: preview, mergePeriods }
  const proposal = await withBridge(context, async ({ db, keyring, clients: { connectFor } }) => {
    const tenant = await tenantNamed(db, name)
    const proposed = await proposeOffers({ db, connectFor }, tenant.id, productId.parse(product), wishes)
    if (file !== undefined) writeOfferFile(file, tenant, proposed.product, proposed.offers)
    const deps = { db, keyring, clock: context.clock, onChange: wakeWhatWaited(context.clock) }
    if (save) await keepProposed(deps, tenant.id, proposed, operatorOf(context, options))
    return proposed
  })
  print(context, json, { ...written(proposal), saved: save, file }, () => [
    ...offerLines(proposal),
    '',
    ...nextLines(name, product, { save, file }),
  ])
}

async function show(context: CliContext, name: string, product: string, { file, json }: Options): Promise<void> {
  const shown = await withBridge(context, async ({ db }): Promise<Proposal> => {
    const tenant = await tenantNamed(db, name)
    const kept = await showOffers(db, tenant.id, productId.parse(product))
    if (file !== undefined) writeOfferFile(file, tenant, kept.product, kept.offers)
    return kept
  })
  print(context, json, { ...written(shown), file }, () =>
    shown.offers.length === 0 ? [`No offers yet: bridge offer propose ${name} ${product}`] : offerLines(shown),
  )
}

const nextLines = (
  tenant: string,
  product: string,
  { save, file }: { readonly save: boolean; readonly file: string | undefined },
): readonly string[] => [
  ...(save ? [`Kept. bridge offer show ${tenant} ${product}`] : []),
  ...(file === undefined ? [] : [`Written to ${file}. Edit it, then: bridge apply ${file}`]),
  ...(save || file !== undefined ? [] : ['Nothing was changed. To edit it: --file offer.yaml; to keep it: --save']),
]
