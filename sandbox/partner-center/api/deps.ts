import type { EntraWorld } from '../../entra/index.ts'
import type { Context } from '../context.ts'
import type { RequestReader } from '../validate-request.ts'

export interface ApiDeps {
  readonly context: Context
  readonly entra: EntraWorld
  readonly reader: RequestReader
  /** Where this API is reached, for links. */
  readonly apiUrl: string
}
