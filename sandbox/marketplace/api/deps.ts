/** What the calls of the fulfilment API work with. */
import type { EntraWorld } from '../../entra/index.ts'
import type { Context } from '../context.ts'

export interface ApiDeps {
  readonly context: Context
  readonly entra: EntraWorld
  /** Base of the marketplace API as callers reach it. */
  readonly apiUrl: string
}
