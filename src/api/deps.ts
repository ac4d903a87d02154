/** What the API works with. */
import type { Log } from '../kit/log.ts'
import type { OperatorDeps } from '../operator/index.ts'

export interface ApiDeps {
  readonly operator: OperatorDeps
  readonly log: Log
  /** `PUBLIC_URL`, without a slash at the end. */
  readonly publicUrl: string
}
