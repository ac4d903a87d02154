/** `bridge offer resync`. */
import type { Command } from 'commander'
import { type Difference, observeProduct, type ResyncSeen } from '../catalogue/index.ts'
import { productId } from '../kit/ids.ts'
import { resyncAction } from '../operator/index.ts'
import { listProducts } from '../tenants/index.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { plain } from './table.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options extends CarryOutOptions {
  readonly product?: string
  readonly accept?: boolean
  readonly retire?: boolean
  readonly as?: string
}

export const addResync = (offer: Command, context: CliContext): Command =>
  addOperator(
    offer
      .command('resync')
      .description('what a product’s vendor has changed, and what Microsoft sells that is not mapped; nothing is changed without --accept')
      .argument('<tenant>')
      .option('--product <id>', 'PRD-…; otherwise every product of the publisher')
      .option('--accept', 'take it over into the kept offers: new plans and dimensions, names; nothing is written at Microsoft')
      .option('--retire', 'with --accept: retire the plans nothing is left to sell in')
      .option('--yes', 'take it over without asking')
      .option('--json', 'print JSON'),
  ).action((tenant: string, options: Options) => (options.accept ? accept(context, tenant, options) : show(context, tenant, options)))

interface Shown {
  readonly product: string
  readonly name: string
  readonly seen: ResyncSeen
}

async function show(context: CliContext, tenant: string, { product, retire, json }: Options): Promise<void> {
  if (retire) throw new CommandFailure('--retire goes with --accept.')
  const shown = await withBridge(context, async ({ db, clients: { connectFor, ingestionFor } }) => {
    const { id } = await tenantNamed(db, tenant)
    const found: Shown[] = []
    for (const one of await chosen(db, id, product))
      found.push({
        product: one.id,
        name: one.name,
        seen: await observeProduct({ db, connectFor, ingestionFor }, { tenantId: id, productId: one.id }),
      })
    return found
  })
  print(context, json, shown.map(written), () => shown.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...linesOf(one, tenant)]))
}

async function chosen(db: Parameters<typeof listProducts>[0], tenantId: Parameters<typeof listProducts>[1], product: string | undefined) {
  const active = (await listProducts(db, tenantId)).filter(({ status }) => status === 'active')
  const found = product === undefined ? active : active.filter(({ id }) => id === product)
  if (product !== undefined && found.length === 0)
    throw new CommandFailure(`${product} is no active product of ${tenantId}: bridge tenant show ${tenantId}`)
  return found
}

const written = ({ product, name, seen: { facts, snapshot, differences } }: Shown) => ({
  product,
  name,
  version: facts?.version ?? null,
  takenOver: snapshot ? { version: snapshot.facts.version ?? null, at: snapshot.takenAt, by: snapshot.takenBy } : null,
  differences,
})

const MARKS: Readonly<Record<Difference['deed'], string>> = { accept: '+', decide: '!', know: '-' }

function linesOf({ product, name, seen }: Shown, tenant: string): readonly string[] {
  const { facts, snapshot, stored, differences } = seen
  const version = facts?.version === undefined ? '' : `, version ${facts.version}`
  const taken = snapshot ? `taken over ${snapshot.takenAt.toISOString()} by ${snapshot.takenBy}` : 'never taken over'
  const head = plain(`${product}  ${name}${version}  (${taken})`)
  if (stored.length === 0) return [head, `  No offers yet: bridge offer propose ${tenant} ${product} --save`]
  if (differences.length === 0)
    return [head, '  Nothing has changed: the offers are in step with Connect, and Microsoft shows no plan that is not mapped.']
  return [
    head,
    ...differences.flatMap((one) => [plain(`  ${MARKS[one.deed]} ${one.sentence}`), plain(`      ${one.meaning}`)]),
    ...next(differences, tenant, product),
  ]
}

const next = (differences: readonly Difference[], tenant: string, product: string): readonly string[] => [
  '',
  ...(differences.some(({ deed }) => deed !== 'decide')
    ? [`Take over what is marked + and -: bridge offer resync ${tenant} --product ${product} --accept`]
    : []),
  ...(differences.some(({ deed }) => deed === 'decide') ? ['What is marked ! is yours to decide.'] : []),
]

async function accept(context: CliContext, tenant: string, { product, retire = false, ...options }: Options): Promise<void> {
  await withBridge(context, async ({ db, keyring, clients: { connectFor, ingestionFor } }) => {
    const { id } = await tenantNamed(db, tenant)
    const products = await chosen(db, id, product)
    const [one] = products
    if (!one || products.length > 1)
      throw new CommandFailure(['Say which product:', ...products.map((each) => `  --product ${each.id}  ${plain(each.name)}`)].join('\n'))
    const deps = { db, keyring, clock: context.clock, connectFor, ingestionFor, onChange: wakeWhatWaited(context.clock) }
    await carryOut(
      context,
      resyncAction(deps, { tenantId: id, productId: productId.parse(one.id) }, { retire }, operatorOf(context, options)),
      options,
    )
  })
}
