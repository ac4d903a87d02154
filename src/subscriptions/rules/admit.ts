/** Whose observation counts: Microsoft's states go one way, whatever a lagging answer says. */
import type { MicrosoftStatus } from './view.ts'

/** Unsubscribed is never left; what was activated never returns to pending. */
export function admittedStatus(known: MicrosoftStatus | undefined, seen: MicrosoftStatus): MicrosoftStatus {
  if (known === 'Unsubscribed') return 'Unsubscribed'
  const wasActivated = known === 'Subscribed' || known === 'Suspended'
  const looksPending = seen === 'PendingFulfillmentStart' || seen === 'NotStarted'
  return wasActivated && looksPending ? known : seen
}
