/** `bridge private-offer list`, `show`, `create`, `publish`, `link`, `withdraw`. */
import type { Command } from 'commander'
import { type PrivateOfferDeps, whyNot } from '../catalogue/index.ts'
import { noCrash } from '../kit/crash-point.ts'
import type { TenantId } from '../kit/ids.ts'
import {
  allPrivateOffers,
  createPrivateOffer,
  type OperatorAction,
  publishPrivateOffer,
  thePrivateOffer,
  withdrawPrivateOffer,
} from '../operator/index.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { type DraftOptions, draftOf } from './private-offer-draft.ts'
import { linksOf, listLines, showLines } from './private-offer-words.ts'

interface ActOptions extends CarryOutOptions {
  readonly as?: string
  readonly note?: string
  readonly terms?: string
}

interface ReadOptions {
  readonly json?: boolean
}

export function addPrivateOffer(program: Command, context: CliContext): void {
  const group = program.command('private-offer').description('prices and plans for one customer, who accepts them by a link')
  group
    .command('list')
    .description('every private offer of the account: state, customer, days')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((tenant: string, options: ReadOptions) => list(context, tenant, options))
  group
    .command('show')
    .description('one of them, with its acceptance link and what was done here; goes on with what is under way')
    .argument('<tenant>')
    .argument('<offer>', 'id or name')
    .option('--json', 'print JSON')
    .action((tenant: string, offer: string, options: ReadOptions) => show(context, tenant, offer, options))
  group
    .command('link')
    .description('the link by which the customer accepts; Microsoft does not mail it')
    .argument('<tenant>')
    .argument('<offer>', 'id or name')
    .option('--json', 'print JSON')
    .action((tenant: string, offer: string, options: ReadOptions) => link(context, tenant, offer, options))
  addCreate(group, context)
  acting(group, 'publish', 'send a draft: the customer can accept it from then on')
    .option('--terms <address>', 'of the PDF with terms of its own, where it was given before')
    .action((tenant: string, offer: string, options: ActOptions) =>
      act(context, tenant, options, (deps, id, by) => publishPrivateOffer(deps, id, offer, options.terms, by)),
    )
  acting(group, 'withdraw', 'take back one that nobody has accepted').action((tenant: string, offer: string, options: ActOptions) =>
    act(context, tenant, options, (deps, id, by) => withdrawPrivateOffer(deps, id, offer, by)),
  )

  function acting(of: Command, name: string, description: string): Command {
    const command = of.command(name).description(description).argument('<tenant>').argument('<offer>', 'id or name')
    return addOperator(command.option('--yes', 'go on without asking').option('--json', 'print JSON'))
  }
}

function addCreate(group: Command, context: CliContext): void {
  const command = group
    .command('create')
    .description('make a draft from plans that are sold: a discount, own prices, or a plan of its own')
    .argument('<tenant>')
    .requiredOption('--name <text>', 'up to 128 characters; no two have the same')
    .requiredOption('--customer <billing-account>', 'the id of the customer’s billing account, not of its tenant')
    .option('--customer-name <text>', 'to know it by')
    .requiredOption('--plan <offer/plan...>', 'a plan that is sold; up to ten for a discount')
    .option('--discount <percent>', '0.01 to 100 off the list price')
    .option('--price <term=usd...>', 'of one payment of a term, such as "1 year=60"')
    .option('--meter <dimension=usd...>', 'of one unit of a dimension')
    .option('--new-plan <name>', 'a plan of its own made from --plan, sold for the terms priced')
    .option('--new-plan-text <text>', 'what the customer reads about it')
    .option('--start <day>', 'the first day of a month; otherwise with the acceptance')
    .requiredOption('--end <day>', 'the last day of a month')
    .requiredOption('--accept-by <day>', 'the last day to accept it')
    .option('--prepared-by <mail>', 'who made it')
    .option('--contact <mail...>', 'up to five who are told')
    .option('--remark <text>', 'sales notes kept at Microsoft, up to 60 characters')
    .option('--terms <address>', 'of a PDF with terms of its own')
  addOperator(command.option('--yes', 'go on without asking').option('--json', 'print JSON')).action(
    (tenant: string, options: DraftOptions & ActOptions) => {
      const draft = draftOf(options)
      return act(context, tenant, options, (deps, id, by) => createPrivateOffer(deps, id, draft, by))
    },
  )
}

async function list(context: CliContext, name: string, { json }: ReadOptions): Promise<void> {
  const { offers, open } = await at(context, name, allPrivateOffers)
  print(context, json, { privateOffers: offers, underWay: open }, () => listLines(offers, open))
}

async function show(context: CliContext, name: string, offer: string, { json }: ReadOptions): Promise<void> {
  const found = await at(context, name, (deps, tenantId) => thePrivateOffer(deps, tenantId, offer))
  const { shown, actions, subscriptions } = found
  print(context, json, { privateOffer: shown ? { ...shown.offer, status: shown.status } : null, actions, subscriptions }, () =>
    showLines(found),
  )
}

async function link(context: CliContext, name: string, offer: string, { json }: ReadOptions): Promise<void> {
  const { shown } = await at(context, name, (deps, tenantId) => thePrivateOffer(deps, tenantId, offer))
  const because = shown ? whyNot(shown.status, 'link') : 'Microsoft does not show it yet.'
  if (!shown || because !== undefined) throw new CommandFailure(because ?? '')
  const links = linksOf(shown.offer)
  if (links.length === 0) throw new CommandFailure('Microsoft gives no link yet: up to 15 minutes after it went live.')
  print(context, json, { id: shown.offer.id, acceptBy: shown.offer.acceptBy, links }, () => links)
}

type Make = (deps: PrivateOfferDeps, tenantId: TenantId, by: Parameters<typeof withdrawPrivateOffer>[3]) => OperatorAction

const act = (context: CliContext, name: string, options: ActOptions, make: Make): Promise<void> =>
  at(context, name, (deps, tenantId) =>
    carryOut(context, make(deps, tenantId, { operator: operatorOf(context, options), note: options.note }), options),
  )

const at = <T>(context: CliContext, name: string, work: (deps: PrivateOfferDeps, tenantId: TenantId) => Promise<T>): Promise<T> =>
  withBridge(context, async ({ db, clients }) => {
    const { id } = await tenantNamed(db, name)
    return work({ db, clock: context.clock, ingestionFor: clients.ingestionFor, crashPoint: noCrash }, id)
  })
