/** The kill switch from outside: stopping what goes to Microsoft, of one product or of all, and letting it go again. */
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { listSlots, listStops, resumeSending, stopSending } from '../../usage/index.ts'
import { notPossible, type OperatorAction, refusedAs } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { type Operator, signedBy } from '../operator.ts'

interface Sending {
  readonly tenantId: TenantId
  /** Left out: all products. */
  readonly productId?: ProductId | undefined
  readonly note?: string | undefined
}

export function stopUsage({ db, clock }: OperatorDeps, { tenantId, productId, note }: Sending, operator: Operator): OperatorAction {
  const what = productId === undefined ? 'any product' : `product ${productId}`
  return {
    preview: async () => ({
      possible: true,
      effect: [
        `No usage of ${what} of ${tenantId} goes to Microsoft until it is resumed. Usage is still taken in and its hours are sealed.`,
        'A call that has begun is not taken back. Hours older than 24 hours expire while sending is stopped.',
        ...(await waitingInWords({ db, clock }, { tenantId, productId })),
      ],
    }),
    carryOut: async () => {
      await stopSending(db, tenantId, { productId, ...signedBy(operator, note) }, clock.now())
      return { outcome: 'done', said: [`Sending usage of ${what} is stopped.`] }
    },
  }
}

export function resumeUsage(deps: OperatorDeps, { tenantId, productId, note }: Sending, operator: Operator): OperatorAction {
  const { db, clock } = deps
  const no = notPossible('NOT_STOPPED', 'Sending is not stopped there.', ['A stop of all products and one of a product are two switches.'])
  const isStopped = async () => (await listStops(db, tenantId)).some((stop) => stop.productId === productId)
  return {
    preview: async () =>
      (await isStopped())
        ? {
            possible: true,
            effect: ['What is still inside Microsoft’s 24 hours goes out now.', ...(await waitingInWords(deps, { tenantId, productId }))],
          }
        : no,
    carryOut: async () =>
      (await resumeSending(db, tenantId, { productId, ...signedBy(operator, note) }, clock.now()))
        ? { outcome: 'done', said: ['Sending goes on.'] }
        : refusedAs(no),
  }
}

async function waitingInWords(
  { db, clock }: Pick<OperatorDeps, 'db' | 'clock'>,
  { tenantId, productId }: Sending,
): Promise<readonly string[]> {
  const waiting = await listSlots(db, { tenantId, productId, states: ['sealed', 'sent'], limit: 1000 }, clock.now())
  const oldest = waiting.at(-1)
  if (!oldest) return ['Nothing waits to be sent now.']
  return [
    `${waiting.length === 1000 ? 'At least 1000' : waiting.length} hours wait to be sent; the first expires ${oldest.until.toISOString()}.`,
  ]
}
