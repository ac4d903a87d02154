/** What a page of the shop front is told: which page, and the frame around it. */
import type { ErrorCode } from '../../kit/errors/index.ts'
import type { Visitor } from '../../subscriptions/record.ts'
import type { FormModel } from '../form/model.ts'
import type { BuyerStage } from '../rules/buyer-stage.ts'
import type { ManageView, ReviewView } from '../rules/manage.ts'

/** How the publisher's product presents itself. */
export interface ProductFace {
  readonly name: string
  readonly publisherName: string
  /** https only. */
  readonly iconUrl?: string | undefined
  readonly supportUrl?: string | undefined
  readonly supportEmail?: string | undefined
  /** Where the product is used: the page after the purchase leads there. */
  readonly productUrl?: string | undefined
  readonly termsUrl?: string | undefined
  readonly privacyUrl?: string | undefined
  /** `#rrggbb`; made safe to read whatever it is. */
  readonly accentColor?: string | undefined
}

export type BuyerPage =
  /**
   * The page of one subscription. `path` is its address (`/portal/{tenant}/{product}/subscriptions/{id}`); below it: `POST /order`,
   * `GET /status`, `GET /fragment`, `GET /actions/{actionId}`. `form` where the stage asks for the order (`asksForOrder`).
   */
  | { readonly kind: 'subscription'; readonly path: string; readonly stage: BuyerStage; readonly form?: FormModel | undefined }
  /** What to change, and what a change will mean. `path` as above; below it `GET /manage`, `GET /manage/review`, `POST /manage`. */
  | { readonly kind: 'manage'; readonly path: string; readonly view: ManageView }
  | { readonly kind: 'review'; readonly path: string; readonly view: ReviewView }
  /** `reference` stands in the log. `purchase` pages keep nothing of the subscription. */
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly status: number
      readonly reference: string
      /** Where trying again leads, when it can help. */
      readonly retryPath?: string | undefined
    }
  | { readonly kind: 'signedOut' }

export interface PageFrame {
  /** Absent while it is not known whose page it is. */
  readonly product?: ProductFace | undefined
  /** BCP 47, of the visitor (`de-DE`). */
  readonly locale: string
  readonly visitor?: Visitor | undefined
  /** Sent with every form as `csrfToken`. */
  readonly csrfToken?: string | undefined
  /** `POST`: ends the session. */
  readonly signOutPath?: string | undefined
  /** `GET`: signs in again with another account. */
  readonly switchAccountPath?: string | undefined
}
