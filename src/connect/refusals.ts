/**
 * The sentences Connect refuses an order with. It has no public list of codes, so the known texts are recognised here and nowhere
 * else. Source: cloudblue/connect-extension-for-cb-commerce, services/fulfillment (2023-02), CloudBlue's own distributor side.
 */

export type RefusalCode =
  /** Every quantity is zero. */
  | 'emptyOrder'
  /** Connect cannot tell the marketplace from hub and tiers. */
  | 'marketplaceRequired'
  /** The product is not listed there (yet). */
  | 'notListed'
  /** It does not know the marketplace it was given. */
  | 'marketplaceUnknown'
  /** The connection is not one of the product's, or no longer. */
  | 'connectionUnknown'
  /** The product has reached its end of sale. */
  | 'notSold'
  /** Something about the buyer is missing or wrong: see the fields. */
  | 'buyerDataIncomplete'
  /** Not in this state of the asset: a change while suspended, for instance. Resume first. */
  | 'wrongAssetStatus'
  /** The product has no administrative hold. */
  | 'holdUnsupported'
  /** The rest: an operator has to read the messages. */
  | 'invalid'

/** What a refusal says: the wanted quantities are there already, or why not. */
export type Verdict = { readonly kind: 'nothingToChange' } | { readonly kind: 'refused'; readonly code: RefusalCode }

const nothingToChange: Verdict = { kind: 'nothingToChange' }
const refused = (code: RefusalCode): Verdict => ({ kind: 'refused', code })

const KNOWN: readonly (readonly [RegExp, Verdict])[] = [
  [/item limits (?:is|are) not changed/i, nothingToChange],
  [/item quantities are not changed/i, nothingToChange],
  [/asset\.items:\s*this list may not be empty/i, refused('emptyOrder')],
  [/field 'marketplace\.id' is required/i, refused('marketplaceRequired')],
  [/there is no listing for/i, refused('notListed')],
  [/request type \w+ is not allowed when asset state is/i, refused('wrongAssetStatus')],
  [/doesn'?t support suspend\/resume/i, refused('holdUnsupported')],
  [/^asset\.connection\b/i, refused('connectionUnknown')],
  [/^marketplace\b/i, refused('marketplaceUnknown')],
  [/^asset\.product\b.*\b(?:no longer sold|end of sale)/i, refused('notSold')],
  [/^asset\.tiers\.(?:customer|tier\d)\b/i, refused('buyerDataIncomplete')],
]

/** The first message that is known decides; unknown ones are `invalid`. */
export function verdictOf(messages: readonly string[]): Verdict {
  for (const message of messages) {
    const known = recognise(message)
    if (known) return known
  }
  return refused('invalid')
}

export const recognise = (message: string): Verdict | undefined => KNOWN.find(([text]) => text.test(message))?.[1]

export interface FieldProblem {
  /** Connect's path, e.g. `asset.tiers.customer.contact_info.city`. */
  readonly field: string
  readonly message: string
}

/** Reads `field.path: text`; messages without a field are left out. */
export const fieldProblems = (messages: readonly string[]): readonly FieldProblem[] =>
  messages.flatMap((text) => {
    const [, field, message] = /^([a-z_][\w.[\]]*):\s*(.+)$/i.exec(text) ?? []
    return field === undefined || message === undefined ? [] : [{ field, message }]
  })

/** A suspend or resume request that Connect created already failed, because the product has no administrative hold. */
export const isHoldUnsupported = (request: { readonly status: string; readonly reason?: string | undefined }): boolean => {
  const verdict = request.status === 'failed' && request.reason !== undefined ? recognise(request.reason) : undefined
  return verdict?.kind === 'refused' && verdict.code === 'holdUnsupported'
}
