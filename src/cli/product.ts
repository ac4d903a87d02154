/** `bridge product list`, `add`, `history`. */
import type { Command } from 'commander'
import { type ProductRow, productsAtConnect } from '../catalogue/index.ts'
import { productId } from '../kit/ids.ts'
import { takeOverProduct } from '../operator/index.ts'
import { partnerCenterUrls } from '../tenants/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addHistoryCommand } from './history.ts'
import { operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { addProductEdit } from './product-edit.ts'
import { plain, table } from './table.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly marketplace?: string
  readonly hub?: readonly string[]
  readonly reseller?: string
  readonly as?: string
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
    .option('--as <name>', 'who does it, for the history; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((tenant: string, id: string, options: Options) => add(context, tenant, id, options))
  addProductEdit(product, context)
  addHistoryCommand(product, context, 'product')
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
  const { marketplace, hub: hubs, reseller, json } = options
  await withBridge(context, async ({ db, config, clients: { connectFor } }) => {
    const key = { tenantId: (await tenantNamed(db, tenant)).id, id: productId.parse(id) }
    const deps = { db, clock, connectFor, onChange: wakeWhatWaited(clock) }
    const added = await takeOverProduct(deps, key, { marketplace, hubs, reseller }, operatorOf(context, options))
    if (added.outcome === 'notPossible')
      throw new CommandFailure([added.because, ...added.hints.map((one) => `  ${plain(one)}`)].join('\n'))
    const { product } = added
    const shown = { ...product, partnerCenter: partnerCenterUrls(config.publicUrl, key.tenantId, key.id) }
    print(context, json, shown, () => [
      `Added: ${product.id}, ${plain(product.name)}, in ${product.marketplaceId}.`,
      `Connections: production ${product.connections.production?.connection ?? 'none: real purchases will wait for an operator'}, ` +
        `test ${product.connections.test?.connection ?? 'none: preview purchases will wait for an operator'}.`,
      `Next: bridge offer propose ${tenant} ${product.id}`,
    ])
  })
}
