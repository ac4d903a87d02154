/** One request to a product's pages: whose product, and who is there. */
import type { FastifyRequest } from 'fastify'
import { formToken, type Session } from '../../identity/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { BuyerProduct, ProductKey } from '../ports.ts'
import type { PageFrame } from '../views/page.ts'
import { currentSession } from './browser.ts'
import type { BuyerDeps } from './deps.ts'
import { localeOf } from './locale.ts'
import { signOutPath } from './paths.ts'

export interface Visit extends ProductKey {
  readonly product: BuyerProduct
  readonly session: Session | undefined
  readonly locale: string
}

/** @throws AppError `ERR_NOT_FOUND` for an unknown tenant and an unknown product alike: nobody learns which of the two exists. */
export async function visitOf(deps: BuyerDeps, request: FastifyRequest, { tenantId, productId }: ProductKey, use = true): Promise<Visit> {
  const product = await deps.ports.findProduct({ tenantId, productId })
  if (!product) throw new AppError('ERR_NOT_FOUND')
  const session = await currentSession(deps, request, tenantId, use)
  return { tenantId, productId, product, session, locale: localeOf(request.headers['accept-language']) }
}

/** What stands around every page of the visit. */
export function frameOf(visit: Visit, switchAccountPath?: string): PageFrame {
  const { product, session, locale } = visit
  return {
    product: product.face,
    locale,
    visitor: session?.person,
    csrfToken: session && formToken(session),
    signOutPath: session && signOutPath(visit),
    switchAccountPath,
  }
}
