/** `bridge listing`: what vendors ask about the shelf, and an operator's word about it. */
import type { Command } from 'commander'
import { listingInWords, listListingRequests, loadListingRequest, type SaidWord, type StoredListingRequest } from '../catalogue/index.ts'
import { listingRequestId } from '../kit/ids.ts'
import { listingDecision } from '../operator/index.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { plain, table } from './table.ts'

interface Options {
  readonly all?: boolean
  readonly json?: boolean
}
type WordOptions = CarryOutOptions & { readonly as?: string; readonly note?: string }

const WORDS: readonly (readonly [word: SaidWord, description: string])[] = [
  ['accept', 'tell the vendor that what is asked for is being done'],
  ['complete', 'tell the vendor that it is done: you have seen it at Microsoft'],
  ['refuse', 'cancel the request in Connect'],
]

export function addListing(program: Command, context: CliContext): void {
  const listing = program.command('listing').description('what vendors ask about the shelf: to list a product, list it anew, take it off')
  listing
    .command('list')
    .description('the requests that are open')
    .argument('<tenant>')
    .option('--all', 'those that are over too')
    .option('--json', 'print JSON')
    .action((tenant: string, options: Options) => list(context, tenant, options))
  listing
    .command('show')
    .description('one request: what it asks, what it waits for, what is in the way')
    .argument('<tenant>')
    .argument('<request>', 'LSTR-…')
    .option('--json', 'print JSON')
    .action((tenant: string, id: string, options: Options) => show(context, tenant, id, options))
  for (const [word, description] of WORDS) {
    addOperator(listing.command(word).description(description))
      .argument('<tenant>')
      .argument('<request>', 'LSTR-…')
      .option('--yes', 'go on without asking')
      .option('--json', 'print JSON')
      .action((tenant: string, id: string, options: WordOptions) => say(context, tenant, id, word, options))
  }
}

async function list(context: CliContext, tenant: string, { all = false, json }: Options): Promise<void> {
  const requests = await withBridge(context, async ({ db }) => {
    const { id } = await tenantNamed(db, tenant)
    return listListingRequests(db, id, { isOpen: !all })
  })
  print(context, json, requests, () =>
    requests.length === 0
      ? [`No request is ${all ? 'known' : 'open'}.`]
      : table(['REQUEST', 'ASKS', 'STATE', 'PRODUCT', 'VERSION', 'WAITS FOR'], requests.map(rowOf)),
  )
}

const rowOf = (one: StoredListingRequest): readonly string[] => [
  one.id,
  one.type,
  one.state,
  plain(one.productName ?? one.productId),
  one.productVersion === undefined ? '-' : String(one.productVersion),
  listingInWords(one),
]

async function show(context: CliContext, tenant: string, text: string, { json }: Options): Promise<void> {
  const request = await withBridge(context, async ({ db }) => {
    const { id: tenantId } = await tenantNamed(db, tenant)
    const read = listingRequestId.safeParse(text)
    return read.success ? loadListingRequest(db, { tenantId, id: read.data }) : undefined
  })
  if (!request) throw new CommandFailure(`There is no listing request ${text} of ${tenant}. bridge listing list ${tenant} names them.`)
  print(context, json, request, () => linesOf(request).map(plain))
}

const linesOf = (one: StoredListingRequest): readonly string[] => [
  `${one.id}  ${one.type}, ${one.state}: ${one.productName ?? one.productId} (${one.productId}), version ${one.productVersion ?? 'not told'}`,
  ...(one.vendorNote === undefined ? [] : [`The vendor says: ${one.vendorNote}`]),
  `Waits for: ${listingInWords(one)}`,
  ...listed('In the way:', one.findings?.problems),
  ...listed('What the version brings:', one.findings?.changes),
  ...listed(
    'At Microsoft:',
    one.findings?.offers.map(({ id, stage }) => `${id}: ${stage}`),
  ),
  ...listed('What the offers say:', one.findings?.offerSays),
  ...wordLines(one),
  ...(one.trouble === undefined ? [] : [`Failed ${one.tries} times: ${one.trouble}`]),
]

const listed = (title: string, lines: readonly string[] | undefined): readonly string[] =>
  lines?.length ? [title, ...lines.map((line) => `  ${line}`)] : []

const wordLines = ({ accepted, completed, refused, note }: StoredListingRequest): readonly string[] =>
  Object.entries({ accepted, completed, refused }).flatMap(([what, word]) =>
    word ? [`${what} by ${word.by}, ${word.at.toISOString().slice(0, 16).replace('T', ' ')}${note === undefined ? '' : `: ${note}`}`] : [],
  )

async function say(context: CliContext, tenant: string, text: string, word: SaidWord, options: WordOptions): Promise<void> {
  await withBridge(context, async ({ db, operator }) => {
    const { id: tenantId } = await tenantNamed(db, tenant)
    const key = { tenantId, id: listingRequestId.parse(text) }
    await carryOut(context, listingDecision(operator, key, word, operatorOf(context, options), options.note), options)
  })
}
