/** `bridge offer plan`, `apply` and `status`: what publishing would change, sending an offer on its way, and how far it is. */
import type { Command } from 'commander'
import {
  type Goal,
  type OfferPlanned,
  type PublicationKey,
  planOffer,
  readHistory,
  readPublication,
  type Standing,
} from '../catalogue/index.ts'
import { offerId } from '../kit/ids.ts'
import { offerDeps } from '../main/offers.ts'
import { type Followed, marksOf, publishOffer } from '../operator/index.ts'
import { time } from './attention-words.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type Bridge, type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { entryLine, written } from './history.ts'
import { addFollowing, endWith, type FollowOptions, follow } from './offer-follow.ts'
import { addOperator, operatorOf } from './operator.ts'
import { oneOf, tenantNamed } from './parse.ts'
import { plain, table } from './table.ts'

/** All of it is in `bridge offer history`. */
const MOST_HISTORY = 30
const GOALS: readonly Goal[] = ['draft', 'preview', 'live', 'ended']

type ApplyOptions = CarryOutOptions & FollowOptions & { readonly to?: string; readonly note?: string }
interface Options {
  readonly json?: boolean
}

export function addPublishing(offer: Command, context: CliContext): void {
  named(offer, 'plan', 'what publishing would change in Partner Center; nothing is sent').action(
    (tenant: string, id: string, options: Options) => plan(context, tenant, id, options),
  )
  named(offer, 'status', 'how far an offer is on its way to the store').action((tenant: string, id: string, options: Options) =>
    status(context, tenant, id, options),
  )
  addFollowing(addOperator(named(offer, 'apply', 'send an offer on its way: the running bridge does the rest')))
    .option('--to <goal>', 'draft, preview, live, or ended: out of the store; default: as far as it was wanted before, a new one to draft')
    .option('--yes', 'go on without asking')
    .action((tenant: string, id: string, options: ApplyOptions) => apply(context, tenant, id, options))
}

const named = (offer: Command, name: string, about: string): Command =>
  offer.command(name).description(about).argument('<tenant>').argument('<offer>').option('--json', 'print JSON')

const depsOf = ({ config, clients, ...storage }: Bridge, { clock }: CliContext) => offerDeps({ config, storage, clock }, clients)

async function keyOf({ db }: Bridge, tenant: string, offer: string): Promise<PublicationKey> {
  const read = offerId.safeParse(offer)
  if (!read.success) throw new CommandFailure(`${plain(offer)} is no offer id.`)
  return { tenantId: (await tenantNamed(db, tenant)).id, offerId: read.data }
}

async function plan(context: CliContext, tenant: string, offer: string, { json }: Options): Promise<void> {
  const planned = await withBridge(context, async (bridge) => planOffer(depsOf(bridge, context), await keyOf(bridge, tenant, offer)))
  if (!planned) throw new CommandFailure(`The content of ${plain(offer)} is not kept here: bridge offer propose, or import.`)
  print(context, json, planned, () => linesOf(planned))
}

function linesOf({ exists, differences, gaps, edits, audiences }: OfferPlanned): readonly string[] {
  const rows = differences.map((one) => [
    ...[one.planId ?? 'offer', plain(one.field), plain(one.before ?? '-'), plain(one.after ?? '-'), one.by],
    plain(one.because ?? ''),
  ])
  return [
    ...(exists ? [] : ['The offer is not in Partner Center yet.']),
    ...(rows.length === 0 ? ['Nothing to change.'] : table(['OF', 'FIELD', 'IS', 'WANTED', 'BY', 'BECAUSE'], rows)),
    ...gaps.map(plain),
    ...audiences.map((planId) => `Who may buy ${planId} changes for buyers at once, without a publication, when it is applied to live.`),
    ...edits.map(({ where, path }) => `Edited by somebody else, and published along: ${plain(where)} ${plain(path.join('.'))}`),
  ]
}

async function status(context: CliContext, tenant: string, offer: string, { json }: Options): Promise<void> {
  const { publication, history } = await withBridge(context, async (bridge) => {
    const key = await keyOf(bridge, tenant, offer)
    return { publication: await readPublication(bridge.db, key), history: await readHistory(bridge.db, key, { newest: MOST_HISTORY }) }
  })
  if (!publication) throw new CommandFailure(`${plain(offer)} was never sent on its way: bridge offer apply.`)
  const { target, standing, revision } = publication
  const isSeen = standing?.revision === revision
  print(context, json, { target, standing, isSeen, history: history.map(written) }, () => [
    target === 'ended' ? 'Leaves the store, or has left it.' : `Goes to ${target}.`,
    ...(standing ? standingLines(standing) : []),
    ...(isSeen ? [] : ['Not looked at since it was wanted or changed: is the bridge running?']),
    '',
    'What happened:',
    ...history.map((entry) => `  ${entryLine(entry)}`),
  ])
}

const standingLines = ({ steps, sentences }: Standing): readonly string[] => [
  ...table(
    ['STEP', 'STATE', 'SINCE (UTC)'],
    steps.map(({ step, state, since }) => [step, state, time(since)]),
  ),
  ...sentences.map(plain),
]

async function apply(context: CliContext, tenant: string, offer: string, { to, ...options }: ApplyOptions): Promise<void> {
  await withBridge(context, async (bridge) => {
    const key = await keyOf(bridge, tenant, offer)
    const goal = to === undefined ? ((await readPublication(bridge.db, key))?.target ?? 'draft') : oneOf(GOALS, to, 'goal')
    const deps = depsOf(bridge, context)
    const marks = await marksOf(bridge.db, [key])
    let followed: readonly Followed[] = []
    await carryOut(context, publishOffer(deps, key, goal, operatorOf(context, options), options.note), options, async () => {
      followed = await follow(context, deps, marks, options)
      return options.wait ? { followed } : {}
    })
    endWith(context, followed, options.json)
  })
}
