/** The three books of usage, and where two of them differ. Pure. */
import { type ExactQuantity, printQuantity, sumQuantities } from '../../kit/quantity.ts'

/** One usage event: in the ledger an accepted hour, at Microsoft what it bills. */
export interface BookedEvent {
  readonly id: string
  /** What and when, for people. */
  readonly of: string
  readonly quantity: ExactQuantity
}

/** A record of the vendor's, and what proves its bill. */
export interface ClosedRecord {
  readonly id: string
  readonly quantity: ExactQuantity
  readonly status: string
  readonly billingId: string
}

export interface Books {
  readonly ledger: readonly BookedEvent[]
  readonly microsoft: readonly BookedEvent[]
  readonly connect: readonly ClosedRecord[]
}

/** @returns in words, to the last digit; nothing when all three agree */
export function differences({ ledger, microsoft, connect }: Books): readonly string[] {
  const ids = new Set([...ledger, ...microsoft].map(({ id }) => id))
  return [
    ...connect.filter(({ status }) => status !== 'closed').map(({ id, status }) => `record ${id} is ${status} in Connect, not closed`),
    ...connect
      .filter(({ status, billingId }) => status === 'closed' && !ids.has(billingId))
      .map(({ id, billingId }) => `record ${id} is closed in Connect with ${billingId || 'no event'}, which no other book has`),
    ...[...ids].flatMap((id) => eventDifference(id, { ledger, microsoft, connect })),
  ]
}

function eventDifference(id: string, { ledger, microsoft, connect }: Books): readonly string[] {
  const [ours, theirs] = [ledger, microsoft].map((book) => book.filter((event) => event.id === id))
  const records = connect.filter(({ billingId }) => billingId === id)
  const sums = [ours ?? [], theirs ?? [], records].map((book) => sumQuantities(book.map(({ quantity }) => quantity)))
  const isOnce = ours?.length === 1 && theirs?.length === 1
  if (isOnce && sums.every((sum) => sum === sums[0])) return []
  const of = [...(ours ?? []), ...(theirs ?? [])][0]?.of ?? ''
  const [inLedger, atMicrosoft, inConnect] = sums.map(printQuantity)
  return [`event ${id} (${of}): ledger ${inLedger}, Microsoft ${atMicrosoft}, Connect ${inConnect}`]
}
