/** `bridge product list`, `add`. */
import type { Command } from 'commander'
import { type Choices, choicesFor, type ProductRow, productsAtConnect } from '../catalogue/index.ts'
import { inTransaction } from '../database/index.ts'
import { type MarketplaceId, productId } from '../kit/ids.ts'
import { defaultPolicies, getProduct, type Product, partnerCenterUrls, saveProduct } from '../tenants/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { tenantNamed } from './parse.ts'
import { addProductEdit } from './product-edit.ts'
import { plain, table } from './table.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly marketplace?: string
  readonly hub?: readonly string[]
  readonly reseller?: string
  readonly json?: boolean
}

export function addProduct(program: Command, context: CliContext): void {
  const product = program.command('product').description('what a publisher sells: products of Connect')
  product
    .command('list')
    .description('the products Connect shows: whether they can be sold, where they are listed, which are added')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((tenant: string, options: Options) => list(context, tenant, options))
  product
    .command('add')
    .description('sell a product of Connect; what has only one choice there need not be said')
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--marketplace <id>', 'MP-…')
    .option('--hub <id...>', 'only connections on these hubs: one for test, one for production')
    .option('--reseller <id>', 'TA-…: the account all orders name as tier 1')
    .option('--json', 'print JSON')
    .action((tenant: string, id: string, options: Options) => add(context, tenant, id, options))
  addProductEdit(product, context)
}

async function list(context: CliContext, tenant: string, { json }: Options): Promise<void> {
  const rows = await withBridge(context, async ({ db, clients: { connectFor } }) => {
    const { id } = await tenantNamed(db, tenant)
    return productsAtConnect(db, await connectFor(id), id)
  })
  print(context, json, rows, () =>
    rows.length === 0
      ? ['Connect shows no product to this account: a vendor’s product needs a listing or a distribution contract first.']
      : table(['PRODUCT', 'NAME', 'VENDOR', 'VERSION', 'CAN BE SOLD', 'LISTED IN', 'ADDED'], rows.map(rowOf)),
  )
}

const rowOf = ({ id, name, vendor, version, status, visible, listedIn, added }: ProductRow): readonly string[] => [
  id,
  plain(name),
  plain(vendor ?? '-'),
  version === undefined ? '-' : String(version),
  status !== 'published' ? `no (${status})` : visible ? 'yes' : 'no (not listed)',
  listedIn.join(' ') || '-',
  added ? 'yes' : '-',
]

async function add(context: CliContext, tenant: string, id: string, options: Options): Promise<void> {
  const { clock } = context
  const added = await withBridge(context, async ({ db, config, clients: { connectFor } }) => {
    const { id: tenantId } = await tenantNamed(db, tenant)
    const wanted = productId.parse(id)
    if (await getProduct(db, tenantId, wanted))
      throw new CommandFailure(`${id} is a product of ${tenant} already: bridge tenant show ${tenant}`)
    const product = chosen(await choicesFor(await connectFor(tenantId), wanted), { tenantId, id: wanted }, options)
    await inTransaction(db, async (tx) => {
      await saveProduct(tx, product, clock.now())
      await wakeWhatWaited(clock)(tx)
    })
    return { ...product, partnerCenter: partnerCenterUrls(config.publicUrl, tenantId, wanted) }
  })
  print(context, options.json, added, () => [
    `Added: ${added.id}, ${plain(added.name)}, in ${added.marketplaceId}.`,
    `Connections: production ${added.connections.production?.connection ?? 'none: real purchases will wait for an operator'}, ` +
      `test ${added.connections.test?.connection ?? 'none: preview purchases will wait for an operator'}.`,
    `Next: bridge offer propose ${tenant} ${added.id}`,
  ])
}

/** @throws CommandFailure that lists the choices where there is more than one */
function chosen(choices: Choices, key: Pick<Product, 'tenantId' | 'id'>, { marketplace, hub, reseller }: Options): Product {
  const hubs = hub === undefined ? undefined : new Set<string>(hub)
  const connections = choices.connections.filter((one) => hubs === undefined || hubs.has(one.hub))
  const of = (type: 'production' | 'test') => {
    const found = connections.filter((one) => one.type === type).map((one) => ({ ...one, text: `${one.hub} (${one.hubName}): ${one.id}` }))
    const [one] = found
    if (found.length > 1)
      throw tooMany(
        `${type} connection`,
        '--hub',
        found.map(({ text }) => text),
      )
    return one && { hub: one.hub, connection: one.id }
  }
  const [production, test] = [of('production'), of('test')]
  if (!production && !test)
    throw new CommandFailure(`${key.id} has no live connection${hub ? ' on these hubs' : ''}: connect it to a hub in Connect first.`)
  return {
    ...key,
    name: choices.name,
    status: 'active',
    marketplaceId: only<MarketplaceId>('marketplace', '--marketplace', choices.marketplaces, marketplace),
    connections: { ...(production && { production }), ...(test && { test }) },
    tier1: {
      id: only(
        'reseller',
        '--reseller',
        choices.resellers.map(({ id }) => id),
        reseller,
      ),
      parameters: {},
    },
    policies: defaultPolicies,
    pages: {},
  }
}

function only<T extends string>(what: string, option: string, choices: readonly T[], said: string | undefined): T {
  const fitting = said === undefined ? choices : choices.filter((one) => one === said)
  const [one] = fitting
  if (one === undefined)
    throw new CommandFailure(`There is no ${said === undefined ? what : `${what} ${said}`} in Connect for this product.`)
  if (fitting.length > 1) throw tooMany(what, option, fitting)
  return one
}

const tooMany = (what: string, option: string, choices: readonly string[]): CommandFailure =>
  new CommandFailure([`There is more than one ${what}; choose with ${option}:`, ...choices.map((one) => `  ${plain(one)}`)].join('\n'))
