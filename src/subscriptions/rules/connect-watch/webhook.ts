/** What to do about Connect's webhook of one product. Pure. */

export interface WebhookFacts {
  /** Where it shall call. */
  readonly url: string
  /** Connect can reach that address. */
  readonly isReachable: boolean
  /** As remembered; absent before the first time. */
  readonly known: { readonly webhookId: string | undefined } | undefined
  /** As read from Connect just now. */
  readonly found: readonly { readonly id: string; readonly url?: string | undefined; readonly active: boolean }[]
}

export type WebhookPlan =
  /** It is as it should be, with the secret we hold. */
  | { readonly do: 'keep'; readonly id: string }
  | { readonly do: 'create' }
  /** Ours by its address, or of another address by its id: given our address and secret. */
  | { readonly do: 'update'; readonly id: string }
  /** Somebody has switched it off in Connect: left so. */
  | { readonly do: 'leaveOff'; readonly id: string }
  | { readonly do: 'none' }

export function planWebhook({ url, isReachable, known, found }: WebhookFacts): WebhookPlan {
  if (!isReachable) return { do: 'none' }
  const ours = found.find(({ id }) => id === known?.webhookId) ?? found.find((one) => one.url === url)
  if (!ours) return { do: 'create' }
  if (!ours.active) return { do: 'leaveOff', id: ours.id }
  return ours.id === known?.webhookId && ours.url === url ? { do: 'keep', id: ours.id } : { do: 'update', id: ours.id }
}
