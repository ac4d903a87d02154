/** `bridge offer write-back`: what Microsoft calls each item, written to Connect's parameters. */
import type { Command } from 'commander'
import { productId } from '../kit/ids.ts'
import { writeMapping } from '../operator/index.ts'
import { getProduct } from '../tenants/index.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type CliContext, CommandFailure, withBridge } from './context.ts'
import { tenantNamed } from './parse.ts'
import { plain } from './table.ts'

export function addMapping(offer: Command, context: CliContext): void {
  offer
    .command('write-back')
    .description(
      'write what Microsoft calls each item to the parameters of items in Connect that the product’s policy names; only what differs',
    )
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--yes', 'go on without asking')
    .option('--json', 'print JSON')
    .action((tenant: string, product: string, options: CarryOutOptions) => writeBack(context, tenant, product, options))
}

async function writeBack(context: CliContext, tenant: string, text: string, options: CarryOutOptions): Promise<void> {
  await withBridge(context, async ({ db, clients }) => {
    const { id } = await tenantNamed(db, tenant)
    const read = productId.safeParse(text)
    const product = read.success ? await getProduct(db, id, read.data) : undefined
    if (!product) throw new CommandFailure(`There is no product ${plain(text)} of ${tenant}.`)
    await carryOut(context, writeMapping({ db, connect: await clients.connectFor(id) }, product), options)
  })
}
