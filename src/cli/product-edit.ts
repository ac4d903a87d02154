/** `bridge product edit`: where in Connect a product's orders go. */
import type { Command } from 'commander'
import { type Choices, choicesFor } from '../catalogue/index.ts'
import { inTransaction } from '../database/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { productId } from '../kit/ids.ts'
import { getProduct, type Product, saveProduct } from '../tenants/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { tenantNamed, wrongUsage } from './parse.ts'
import { plain } from './table.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly marketplace?: string
  readonly production?: string
  readonly test?: string
  readonly reseller?: string
  readonly json?: boolean
}

export function addProductEdit(product: Command, context: CliContext): void {
  product
    .command('edit')
    .description('where in Connect a product’s orders go from now on; what is not said stays. `bridge connect places` lists the choices')
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--marketplace <id>', 'MP-…')
    .option('--production <id>', 'CT-…: the connection of real purchases; "none" has them wait for an operator')
    .option('--test <id>', 'CT-…: the connection of preview, test and sandbox purchases; "none" has them wait for an operator')
    .option('--reseller <id>', 'TA-…: the account all orders name as tier 1')
    .option('--json', 'print JSON')
    .action((tenant: string, id: string, options: Options) => edit(context, tenant, id, options))
}

async function edit(context: CliContext, tenant: string, id: string, { json, ...wanted }: Options): Promise<void> {
  if (Object.values(wanted).every((one) => one === undefined))
    throw wrongUsage('nothing to change: --marketplace, --production, --test or --reseller')
  const after = await withBridge(context, async ({ db, clients: { connectFor } }) => {
    const { id: tenantId } = await tenantNamed(db, tenant)
    const before = await getProduct(db, tenantId, productId.parse(id))
    if (!before) throw new AppError('ERR_PRODUCT_NOT_FOUND')
    const changed = changedBy(before, wanted, await choicesFor(await connectFor(tenantId), before.id))
    await inTransaction(db, async (tx) => {
      await saveProduct(tx, changed, context.clock.now())
      await wakeWhatWaited(context.clock)(tx)
    })
    return changed
  })
  print(context, json, after, () => editedLines(tenant, after))
}

/** @throws CommandFailure naming what Connect has instead */
function changedBy(before: Product, { marketplace, production, test, reseller }: Options, choices: Choices): Product {
  const connections = {
    ...connectionBy('production', before, production, choices),
    ...connectionBy('test', before, test, choices),
  }
  const ids = choices.resellers.map((one) => one.id)
  return {
    ...before,
    marketplaceId: marketplace === undefined ? before.marketplaceId : among('marketplace', choices.marketplaces, marketplace),
    connections,
    tier1: reseller === undefined ? before.tier1 : { id: among('reseller', ids, reseller), parameters: before.tier1.parameters },
  }
}

function connectionBy(type: 'production' | 'test', { connections }: Product, said: string | undefined, choices: Choices) {
  const kept = connections[type]
  if (said === undefined) return kept ? { [type]: kept } : {}
  if (said === 'none') return {}
  const live = choices.connections.filter((one) => one.type === type)
  const id = among(
    `live ${type} connection`,
    live.map((one) => one.id),
    said,
  )
  const hub = live.find((one) => one.id === id)?.hub
  return hub === undefined ? {} : { [type]: { hub, connection: id } }
}

function among<T extends string>(what: string, choices: readonly T[], said: string): T {
  const found = choices.find((one) => one === said)
  if (found !== undefined) return found
  const there = choices.length === 0 ? 'There is none.' : `There is ${choices.map(plain).join(', ')}.`
  throw new CommandFailure(`Connect has no ${what} ${plain(said)} for this product. ${there}`)
}

const editedLines = (tenant: string, { id, name, marketplaceId, connections, tier1 }: Product): readonly string[] => [
  `${id}  ${plain(name)}: orders go to ${marketplaceId}, in the name of the reseller ${tier1.id ?? plain(tier1.account?.name ?? '')}.`,
  `Connections: production ${placeOf(connections.production)}, test ${placeOf(connections.test)}.`,
  `Orders that are placed already stay where they are. Next: bridge doctor ${tenant} ${id}`,
]

const placeOf = (one: { readonly connection: string; readonly hub: string } | undefined): string =>
  one ? `${one.connection} on ${one.hub}` : 'none: those purchases wait for an operator'
