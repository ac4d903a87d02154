/** What is wrong with a resource of a job, and how jobs tell it: an outer text that says little, and the cause inside. */
import type { Cause, Given } from './types.ts'

export interface Fault {
  /** The resource of the request, when it is one of them. */
  readonly given: Given | undefined
  /** The resource concerned, when it is known by then. */
  readonly id?: string
  readonly code: string
  readonly message: string
}

/** One error for each resource, its causes nested. */
export function errorsOf(faults: readonly Fault[]): readonly Cause[] {
  const groups = new Map<string, { resourceId: unknown; causes: Cause[] }>()
  for (const fault of faults) {
    const resourceId = resourceIdOf(fault)
    const key = JSON.stringify(resourceId) ?? ''
    const group = groups.get(key) ?? { resourceId, causes: [] }
    groups.set(key, group)
    group.causes.push({ ...about(resourceId), code: fault.code, message: fault.message, details: [] })
  }
  return [...groups.values()].map(({ resourceId, causes }) => ({
    ...about(resourceId),
    code: 'badRequest',
    message: 'Invalid resource',
    details: causes,
  }))
}

/** Of a job that failed for a reason that is not one resource's. */
export const failure = (code: string, cause: Pick<Cause, 'code' | 'message'>, resourceId?: string): readonly Cause[] => [
  { ...about(resourceId), code, message: 'Operation failed', details: [{ ...cause, details: [] }] },
]

/** The handle the request gave it, or its durable id. */
const resourceIdOf = ({ given, id }: Fault): unknown => (given?.resourceName === undefined ? id : { resourceName: given.resourceName })

const about = (resourceId: unknown): { readonly resourceId?: unknown } => (resourceId === undefined ? {} : { resourceId })
