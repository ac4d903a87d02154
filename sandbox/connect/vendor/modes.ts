/** How the vendor of a product behaves. */
import type { Milliseconds } from '../../../src/kit/time.ts'
import type { RequestType } from '../records.ts'

interface Pace {
  /** How long after a request became pending; at once (but after the answer to the caller) when left out. */
  readonly after?: Milliseconds | undefined
}

export type VendorMode =
  /** Somebody answers on the desk. */
  | { readonly kind: 'manual' }
  | (Pace & { readonly kind: 'automatic'; readonly templateId?: string | undefined })
  /** Asks once, then approves. */
  | (Pace & {
      readonly kind: 'inquireFirst'
      readonly message?: string | undefined
      readonly errors?: Readonly<Record<string, string>> | undefined
    })
  | (Pace & { readonly kind: 'fail'; readonly reason: string })
  /** Puts it off once by so much, then approves. */
  | (Pace & { readonly kind: 'schedule'; readonly by: Milliseconds })

export interface VendorModes {
  general: VendorMode
  /** Exceptions by type of request. */
  byType: Map<RequestType, VendorMode>
}

export const manual: VendorMode = { kind: 'manual' }
