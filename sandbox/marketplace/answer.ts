/** Yes with a value, or no with Microsoft's reason: what an action of the marketplace comes to. */

export interface Refusal {
  readonly status: 400 | 403 | 404 | 409 | 500
  /** Microsoft's code. */
  readonly code: string
  readonly message: string
  /** The field or thing it is about. */
  readonly target?: string
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export const yes = <T>(value: T): Answer<T> => ({ ok: true, value })
export const no = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal })

/** The value of an answer that must be yes: for tests and demos. @throws Error with Microsoft's reason otherwise. */
export function granted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw new Error(`${answer.refusal.status} ${answer.refusal.code}: ${answer.refusal.message}`)
}
