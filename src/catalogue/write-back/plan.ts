/** The plan map in Connect: what would be written to the product's parameters, and what is missing for it. Changes nothing. */
import { type ConnectClient, type ItemConfiguration, LONGEST_CONFIGURATION } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import { itemId } from '../../kit/ids.ts'
import type { Product } from '../../tenants/index.ts'
import { keptOffers } from '../kept-offers.ts'
import { differing, type ItemValue, valuesOf } from '../rules/write-back/values.ts'

export interface MappingChange extends ItemConfiguration {
  /** The parameter's name. */
  readonly parameter: string
  readonly before: string | undefined
}

export type MappingPlan =
  | { readonly possible: true; readonly changes: readonly MappingChange[]; readonly standing: number }
  | {
      readonly possible: false
      readonly why: 'notConfigured' | 'noParameter' | 'notShared' | 'tooLong' | 'forbidden'
      readonly names: readonly string[]
    }

type Connect = Pick<ConnectClient, 'parameters' | 'configurations'>

/** @throws ApiError as Connect's calls do, but for a right the token does not have */
export async function planMapping(db: Db, connect: Connect, product: Product, signal?: AbortSignal): Promise<MappingPlan> {
  const names = product.policies.mappingParameters
  const wanted = valuesOf((await keptOffers(db, product.tenantId, product.id)).offers, names)
  const named = [...new Set(Object.values(names).flatMap((name) => name ?? []))]
  if (named.length === 0) return no('notConfigured')
  try {
    const shown = await connect.parameters.list(product.id, { scopes: ['item_marketplace'], phases: ['configuration'] }, signal)
    const ids = new Map(shown.filter(({ name }) => named.includes(name)).map((one) => [one.name, one] as const))
    const absent = named.filter((name) => !ids.has(name))
    if (absent.length > 0) return no('noParameter', absent)
    const closed = named.filter((name) => ids.get(name)?.constraints.shared === 'view')
    if (closed.length > 0) return no('notShared', closed)
    const long = wanted.filter(({ value }) => value.length > LONGEST_CONFIGURATION).map(({ itemId: id }) => id)
    if (long.length > 0) return no('tooLong', long)
    const present = await presentOf(connect, product, new Map([...ids].map(([name, { id }]) => [id, name])), signal)
    const changes = differing(wanted, present).map((one) => changeOf(one, ids.get(one.parameter)?.id ?? '', present))
    return { possible: true, changes, standing: wanted.length - changes.length }
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_FORBIDDEN')) return no('forbidden')
    throw error
  }
}

const no = (why: Extract<MappingPlan, { possible: false }>['why'], names: readonly string[] = []): MappingPlan => ({
  possible: false,
  why,
  names,
})

async function presentOf(
  { configurations }: Connect,
  { id, marketplaceId }: Product,
  nameOf: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<readonly ItemValue[]> {
  const all = await configurations.list(id, marketplaceId, signal)
  return all.flatMap(({ parameterId, itemId: item, value }) => {
    const parameter = nameOf.get(parameterId)
    return parameter === undefined ? [] : [{ parameter, itemId: item, value }]
  })
}

const changeOf = ({ parameter, itemId: item, value }: ItemValue, parameterId: string, present: readonly ItemValue[]): MappingChange => ({
  ...{ parameter, parameterId, value, itemId: itemId.parse(item) },
  before: present.find((one) => one.parameter === parameter && one.itemId === item)?.value,
})
