/** Looks at everything and judges it: the installation, tenants, products. */
import { AppError } from '../kit/errors/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { getTenant, listProducts, listTenants } from '../tenants/index.ts'
import type { DoctorDeps } from './gather/deps.ts'
import { installationFacts } from './gather/installation.ts'
import { productFacts } from './gather/product.ts'
import { tenantFacts } from './gather/tenant.ts'
import { addressed, type Check, type Finding, type Result, type Step } from './rules/check.ts'
import { installationChecks } from './rules/installation.ts'
import { productChecks } from './rules/product.ts'
import { tenantChecks } from './rules/tenant.ts'

export interface Examined extends Finding {
  readonly code: string
  readonly step: Step
  /** Absent for what concerns the whole installation. */
  readonly tenantId?: TenantId
  readonly productId?: ProductId
  /** The product's, for people. */
  readonly name?: string
}

export interface Wanted {
  readonly tenantId?: TenantId | undefined
  readonly productId?: ProductId | undefined
}

/**
 * Without a tenant all that are active, without a product all of theirs.
 * @throws AppError `ERR_TENANT_NOT_FOUND`, `ERR_PRODUCT_NOT_FOUND`
 */
export async function examine(deps: DoctorDeps, wanted: Wanted = {}): Promise<readonly Examined[]> {
  const examined: Examined[] = [...judged(installationChecks, await installationFacts(deps), {})]
  for (const tenantId of await tenantsOf(deps, wanted)) {
    examined.push(...judged(tenantChecks, await tenantFacts(deps, tenantId), { tenantId }))
    for (const product of await productsOf(deps, tenantId, wanted)) {
      examined.push(
        ...judged(productChecks, await productFacts(deps, tenantId, product), { tenantId, productId: product.id, name: product.name }),
      )
    }
  }
  return examined
}

const judged = <Facts>(
  checks: Readonly<Record<string, Check<Facts>>>,
  facts: Facts,
  about: Pick<Examined, 'tenantId' | 'productId' | 'name'>,
): readonly Examined[] => {
  const names = { ...(about.tenantId && { TENANT: about.tenantId }), ...(about.productId && { PRODUCT: about.productId }) }
  return Object.entries(checks).map(([code, { step, judge }]) => ({ code, step, ...about, ...addressed(judge(facts), names) }))
}

async function tenantsOf({ db }: DoctorDeps, { tenantId }: Wanted): Promise<readonly TenantId[]> {
  if (tenantId === undefined) return (await listTenants(db)).filter(({ status }) => status === 'active').map(({ id }) => id)
  if (!(await getTenant(db, tenantId))) throw new AppError('ERR_TENANT_NOT_FOUND')
  return [tenantId]
}

async function productsOf({ db }: DoctorDeps, tenantId: TenantId, { productId }: Wanted) {
  const all = await listProducts(db, tenantId)
  if (productId === undefined) return all.filter(({ status }) => status === 'active')
  const found = all.filter(({ id }) => id === productId)
  if (found.length === 0) throw new AppError('ERR_PRODUCT_NOT_FOUND')
  return found
}

/** 2 when something failed, 1 when there are warnings only, else 0. */
export function exitStatus(examined: readonly Pick<Examined, 'result'>[]): 0 | 1 | 2 {
  const has = (result: Result) => examined.some((one) => one.result === result)
  return has('failed') ? 2 : has('warning') ? 1 : 0
}
