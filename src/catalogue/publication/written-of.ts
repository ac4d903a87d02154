/** What is remembered of a request: no secret. */
import type { Json } from '../../kit/json.ts'
import type { IngestionResource } from '../../microsoft/index.ts'
import { valueAt } from '../rules/resources/claim.ts'
import { resourceName } from '../rules/resources/resource-name.ts'
import type { DesiredResource } from '../rules/resources/wanted.ts'

export interface Written {
  readonly type: string
  readonly key: string
  readonly body: IngestionResource
}

/** A member that holds a secret is left out as a whole. */
export const writtenOf = (resources: readonly IngestionResource[], desired: readonly DesiredResource[]): readonly Written[] =>
  desired.flatMap(({ type, key, claims }) => {
    const sent = resources.find((one) => one['resourceName'] === resourceName(type, key))
    if (!sent) return []
    const secret = new Set(
      claims.flatMap((claim) => (claim.secret === true && valueAt(sent, claim.path) !== undefined ? [claim.path[0]] : [])),
    )
    const open: readonly [string, Json][] = Object.entries(sent).filter(([name]) => !secret.has(name))
    return [{ type, key, body: { ...Object.fromEntries(open), $schema: sent.$schema } }]
  })
