/** Something wrong with a resource, before anybody asked for it in a particular request. */
import type { Product, Tree } from '../types.ts'

export interface Finding {
  /** The resource's durable id. */
  readonly id: string
  readonly message: string
  /** Default: businessValidationError. */
  readonly code?: string
}

/** A draft to be judged. */
export interface Judged {
  readonly draft: Tree
  /** As it stands so far; absent while it is new. */
  readonly product: Product | undefined
  readonly products: ReadonlyMap<string, Product>
}

/** The message when the condition holds. */
export const when = (holds: boolean, id: string, message: string): readonly Finding[] => (holds ? [{ id, message }] : [])
