/** What is known of a product in Connect, as far as modeling it at Microsoft needs it. Texts are plain or HTML already, never Markdown. */
import type { ItemId, ProductId } from '../../kit/ids.ts'

export interface ItemFacts {
  readonly id: ItemId
  readonly localId?: string | undefined
  readonly mpn?: string | undefined
  readonly name: string
  /** Plain text. */
  readonly description?: string | undefined
  /** PPU: pay per use, "Pay-as-you-go" on screens. */
  readonly type: 'Reservation' | 'PPU' | 'unknown'
  readonly status: 'draft' | 'published' | 'endofsale' | 'unknown'
  readonly unit?: string | undefined
  /** Connect's word: `Monthly`, `years_2`, `OneTime`, `days_14_trial` … */
  readonly period: string
  /** `Integer`, `Decimal(2)` … */
  readonly precision: string
  readonly commitment: { readonly multiplier?: string | undefined; readonly count?: number | undefined }
  /** Made up by usage records. */
  readonly dynamic: boolean
  readonly position: number
  readonly groupId?: string | undefined
}

export interface ProductFacts {
  readonly id: ProductId
  readonly name: string
  readonly version?: number | undefined
  readonly vendor?: string | undefined
  /** Where Connect has its picture, in Connect’s own words. */
  readonly iconPath?: string | undefined
  /** Plain text. */
  readonly summary?: string | undefined
  readonly descriptionHtml?: string | undefined
  readonly gettingStartedHtml?: string | undefined
  readonly links: readonly { readonly text: string; readonly url: string }[]
  readonly items: readonly ItemFacts[]
}

/** May be put into a new offer. Items past their sale stay valid for those who have them. */
export const isSellable = ({ status, dynamic, type }: ItemFacts): boolean => status === 'published' && !dynamic && type !== 'unknown'
