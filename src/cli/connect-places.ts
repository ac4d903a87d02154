/** `bridge connect places`: what can be chosen for a product, as Connect shows it to this tenant's token. */
import type { Command } from 'commander'
import { type Places, readPlaces } from '../tenants/index.ts'
import { type CliContext, print, withBridge } from './context.ts'
import { tenantNamed } from './parse.ts'
import { plain, table } from './table.ts'

interface Options {
  readonly json?: boolean
}

export function addConnect(program: Command, context: CliContext): void {
  program
    .command('connect')
    .description('what Connect shows to a tenant')
    .command('places')
    .description('marketplaces, hubs, and each product with its listings and connections: what a product is set up with')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((tenant: string, options: Options) => places(context, tenant, options))
}

async function places(context: CliContext, tenant: string, { json }: Options): Promise<void> {
  const found = await withBridge(context, async ({ db, clients }) => {
    const { id } = await tenantNamed(db, tenant)
    return readPlaces(await clients.connectFor(id))
  })
  print(context, json, found, () => placesLines(found).map(plain))
}

const placesLines = ({ marketplaces, hubs, products }: Places): readonly string[] => [
  ...table(
    ['MARKETPLACE', 'NAME', 'CURRENCY', 'HUBS'],
    marketplaces.map((one) => [one.id, one.name, one.currency ?? '-', one.hubs.map(({ hubId }) => hubId).join(' ') || '-']),
  ),
  '',
  ...table(
    ['HUB', 'NAME', 'KIND'],
    hubs.map((one) => [one.id, one.name, one.instanceType]),
  ),
  ...products.flatMap((product) => ['', ...productLines(product)]),
]

const productLines = ({ id, name, listings, connections }: Places['products'][number]): readonly string[] => [
  `${id}  ${name}`,
  `  listed on ${
    listings
      .filter(({ status }) => status === 'listed')
      .map(({ marketplaceId }) => marketplaceId)
      .join(', ') || 'no marketplace: orders may be refused'
  }`,
  ...(connections.length === 0
    ? ['  no connection: make one in Connect for each hub']
    : table(
        ['FOR', 'CONNECTION', 'HUB', 'STATUS'],
        connections.map((one) => [one.type, one.id, one.hubId ?? '-', one.status]),
      ).map((line) => `  ${line}`)),
]
