/** Why Connect refused an order or a change, as far as its sentence is known; and which attention item says so. */
import type { LifecycleCode } from '../../attention/rules/catalogue.ts'

export const refusalReasons = [
  /** Every quantity is zero. */
  'emptyOrder',
  /** Connect cannot tell the marketplace, or does not know the one it was given. */
  'marketplace',
  /** The connection is not one of the product's, or no longer. */
  'connection',
  /** The product is not listed on the marketplace. */
  'notListed',
  /** The product has reached its end of sale. */
  'notSold',
  /** Something about the buyer is missing or wrong. */
  'buyerData',
  /** Not in this state of the asset. */
  'assetStatus',
  /** Something else of ours, or of somebody else, is in the way under the same id. */
  'conflict',
  /** A sentence we do not know. */
  'other',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** The code of its own that a reason has; without one the step's general code stands. */
export function codeOfRefusal(reason: RefusalReason | undefined): LifecycleCode | undefined {
  switch (reason) {
    case 'emptyOrder':
      return 'ORDER_EMPTY'
    case 'marketplace':
      return 'MARKETPLACE_REFUSED'
    case 'connection':
      return 'CONNECTION_REFUSED'
    case 'notListed':
      return 'PRODUCT_NOT_LISTED'
    case 'notSold':
      return 'PRODUCT_NOT_SOLD'
    case 'buyerData':
      return 'BUYER_DATA_REFUSED'
    case 'conflict':
      return 'TAKEN_AT_CONNECT'
    case 'assetStatus':
    case 'other':
    case undefined:
      return undefined
  }
}
