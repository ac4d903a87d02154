/** Microsoft's whole list into the run's table, page by page. */
import { AppError } from '../../kit/errors/index.ts'
import { allows, type MicrosoftSubscription } from '../../microsoft/index.ts'
import { environmentOf, microsoftSnapshotOf } from '../view.ts'
import type { ListFault, ReconcileDeps } from './deps.ts'
import { keepListed, type RunKey } from './lists.ts'

/** @returns why it could not be read to its end, if so: what was read by then is kept. */
export async function readMicrosoft({ db, clientsFor }: ReconcileDeps, run: RunKey, signal: AbortSignal): Promise<readonly ListFault[]> {
  let unreadable = 0
  try {
    const { microsoft } = await clientsFor(run.tenantId)
    for await (const page of microsoft.listSubscriptions(signal, () => unreadable++)) await keepListed(db, run, page.map(toRow))
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    return [{ side: 'microsoft', code: error.code }]
  }
  return unreadable === 0 ? [] : [{ side: 'microsoft', code: 'ERR_MS_UNEXPECTED_ANSWER' }]
}

const toRow = (subscription: MicrosoftSubscription) => ({
  id: subscription.id,
  environment: environmentOf(subscription),
  mayCancel: allows(subscription, 'Delete'),
  snapshot: microsoftSnapshotOf(undefined, subscription),
})
