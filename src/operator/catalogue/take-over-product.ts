/** Taking a product of Connect over: what has one choice there need not be said. */
import { addHistory, type Choices, type ConnectChoices, choicesFor, readProductFacts, saveSnapshot } from '../../catalogue/index.ts'
import type { ConnectClient } from '../../connect/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import type { Clock } from '../../kit/time.ts'
import { defaultPolicies, getProduct, type Product, saveProduct } from '../../tenants/index.ts'
import { type NotPossible, notPossible } from '../actions/action.ts'
import { nameOf, type Operator } from '../operator.ts'

export interface AddProductDeps {
  readonly db: Db
  readonly clock: Clock
  readonly connectFor: (tenantId: TenantId) => Promise<ConnectChoices & Pick<ConnectClient, 'items'>>
  /** In the same transaction: to wake what waited for it. */
  readonly onChange: (tx: Tx) => Promise<void>
}

/** What was said where there may be more than one choice. */
export interface ProductWishes {
  readonly marketplace?: string | undefined
  /** Only connections on these. */
  readonly hubs?: readonly string[] | undefined
  readonly reseller?: string | undefined
}

export type Added = { readonly outcome: 'added'; readonly product: Product } | ({ readonly outcome: 'notPossible' } & NotPossible)

type Key = Pick<Product, 'tenantId' | 'id'>

/** @throws as Connect's calls do */
export async function takeOverProduct(deps: AddProductDeps, key: Key, wishes: ProductWishes, operator: Operator): Promise<Added> {
  const { db, clock, connectFor, onChange } = deps
  if (await getProduct(db, key.tenantId, key.id))
    return no('PRODUCT_THERE', `${key.id} is a product of ${key.tenantId} already: bridge tenant show ${key.tenantId}`)
  const connect = await connectFor(key.tenantId)
  const product = chosen(await choicesFor(connect, key.id), key, wishes)
  if ('possible' in product) return { outcome: 'notPossible', ...product }
  const facts = await readProductFacts(connect, key.id)
  await inTransaction(db, async (tx) => {
    await saveProduct(tx, product, clock.now())
    await saveSnapshot(tx, key.tenantId, facts, nameOf(operator), clock.now())
    const subject = { tenantId: key.tenantId, productId: key.id }
    await addHistory(tx, subject, { by: nameOf(operator), at: clock.now() }, { what: 'productAdded' })
    await onChange(tx)
  })
  return { outcome: 'added', product }
}

const no = (reason: string, because: string): Added => ({ outcome: 'notPossible', ...notPossible(reason, because) })

/** The first thing that is in the way, or the product. */
function chosen(choices: Choices, key: Key, { marketplace, hubs, reseller }: ProductWishes): Product | NotPossible {
  const onHubs = choices.connections.filter(({ hub }) => hubs === undefined || hubs.includes(hub))
  const [production, test] = [onHubs.filter(({ type }) => type === 'production'), onHubs.filter(({ type }) => type === 'test')]
  const places = fitting(choices.marketplaces, marketplace)
  const resellers = fitting(
    choices.resellers.map(({ id }) => id),
    reseller,
  )
  const [where, tier1] = [places[0], resellers[0]]
  const [problem] = [
    ...tooMany('production connection', '--hub', production.map(connectionText)),
    ...tooMany('test connection', '--hub', test.map(connectionText)),
    ...(onHubs.length === 0 ? [noConnection(key.id, hubs !== undefined)] : []),
    ...none('marketplace', marketplace, places),
    ...tooMany('marketplace', '--marketplace', places),
    ...none('reseller', reseller, resellers),
    ...tooMany('reseller', '--reseller', resellers),
  ]
  if (problem || where === undefined || tier1 === undefined) return problem ?? noConnection(key.id, false)
  return {
    ...key,
    ...{ name: choices.name, status: 'active', marketplaceId: where, tier1: { id: tier1, parameters: {} } },
    connections: { ...asConnection('production', production[0]), ...asConnection('test', test[0]) },
    ...{ policies: defaultPolicies, pages: {} },
  }
}

type ConnectionChoice = Choices['connections'][number]

const asConnection = (type: 'production' | 'test', found: ConnectionChoice | undefined) =>
  found && { [type]: { hub: found.hub, connection: found.id } }

const connectionText = ({ hub, hubName, id }: ConnectionChoice): string => `${hub} (${hubName}): ${id}`

const fitting = <T extends string>(choices: readonly T[], said: string | undefined): readonly T[] =>
  said === undefined ? choices : choices.filter((one) => one === said)

const noConnection = (id: ProductId, onHubs: boolean): NotPossible =>
  notPossible('NO_CONNECTION', `${id} has no live connection${onHubs ? ' on these hubs' : ''}: connect it to a hub in Connect first.`)

const none = (what: string, said: string | undefined, choices: readonly string[]): readonly NotPossible[] =>
  choices.length > 0
    ? []
    : [notPossible('NO_CHOICE', `There is no ${said === undefined ? what : `${what} ${said}`} in Connect for this product.`)]

const tooMany = (what: string, option: string, choices: readonly string[]): readonly NotPossible[] =>
  choices.length < 2 ? [] : [notPossible('MANY_CHOICES', `There is more than one ${what}; choose with ${option}:`, choices)]
