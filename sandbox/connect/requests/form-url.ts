/** The hosted form on which a customer answers an inquiry. */
import type { RequestRecord } from '../records.ts'
import type { State } from '../state.ts'

/** Set only while the request is inquiring; the code lets its bearer answer. */
export const formUrl = (state: State, request: RequestRecord): string | undefined =>
  request.formCode === undefined
    ? undefined
    : `${state.publicUrl()}/connect/forms/${request.id}?request_id=${request.id}&code=${request.formCode}`
