/** `bridge offer import`. */
import type { Command } from 'commander'
import { productId } from '../kit/ids.ts'
import { importAction } from '../operator/index.ts'
import { carryOut } from './carry-out.ts'
import { type CliContext, withBridge } from './context.ts'
import { operatorOf } from './operator.ts'
import { tenantNamed } from './parse.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly offer?: readonly string[]
  readonly as?: string
  readonly yes?: boolean
  readonly json?: boolean
}

export const addImport = (offer: Command, context: CliContext): Command =>
  offer
    .command('import')
    .description('take over offers that were made by hand in Partner Center; nothing is written there')
    .argument('<tenant>')
    .argument('<product>', 'PRD-…')
    .option('--offer <id...>', 'these too, though nothing says that they are the product’s')
    .option('--yes', 'take them over without asking')
    .option('--as <name>', 'who does it, for the history; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((tenant: string, product: string, options: Options) => importOffers(context, tenant, product, options))

const importOffers = (context: CliContext, name: string, product: string, { offer = [], ...options }: Options): Promise<void> =>
  withBridge(context, async ({ db, keyring, config, clients: { ingestionFor, connectFor } }) => {
    const tenant = await tenantNamed(db, name)
    const deps = {
      db,
      keyring,
      clock: context.clock,
      ingestionFor,
      connectFor,
      publicUrl: config.publicUrl,
      onChange: wakeWhatWaited(context.clock),
    }
    await carryOut(
      context,
      importAction(deps, { tenantId: tenant.id, productId: productId.parse(product) }, offer, operatorOf(context, options)),
      options,
    )
  })
