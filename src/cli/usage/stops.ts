/** `bridge usage stops`: where sending is stopped now, and who has stopped and resumed it, when, and why. */
import type { Command } from 'commander'
import { type StopsView, stopsView } from '../../operator/index.ts'
import { listStopActs, listStops } from '../../usage/index.ts'
import { type CliContext, print, withBridge } from '../context.ts'
import { plain, table } from '../table.ts'
import { knownTenant } from './tenant.ts'

export function addStops(usage: Command, context: CliContext): void {
  usage
    .command('stops')
    .description('where sending is stopped now, and each stop and resumption with who did it and their note')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((tenant: string, options: { readonly json?: boolean }) => stops(context, tenant, options))
}

async function stops(context: CliContext, text: string, { json }: { readonly json?: boolean }): Promise<void> {
  const view = await withBridge(context, async ({ db }) => {
    const tenantId = await knownTenant(db, text)
    return stopsView(await listStops(db, tenantId), await listStopActs(db, tenantId))
  })
  print(context, json, view, () => describe(view))
}

const describe = ({ items, history }: StopsView): readonly string[] => [
  ...(items.length === 0
    ? ['Nothing is stopped.']
    : items.map(({ productId, since }) => `Stopped since ${since.toISOString()}: ${whatOf(productId)}`)),
  ...(history.length === 0
    ? []
    : [
        '',
        ...table(
          ['WHEN', 'WHAT', 'OF', 'BY', 'NOTE'],
          history.map(({ at, act, productId, by, note }) => [at.toISOString(), act, whatOf(productId), plain(by), plain(note ?? '-')]),
        ),
      ]),
]

const whatOf = (productId: string | null): string => productId ?? 'all products'
