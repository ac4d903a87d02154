/** What becomes of a usage file once each of its records is judged, and what the vendor is told. Pure. */
import { isRecordReason, type RecordReason, recordReasons } from './reasons.ts'

/** What the records of a file came to. */
export interface Tally {
  readonly records: number
  readonly bad: number
  /** By reason, with one record as an example: the most frequent first. */
  readonly reasons: readonly ReasonCount[]
}

export interface ReasonCount {
  readonly reason: RecordReason
  readonly records: number
  readonly example: string
}

export type FileDecision =
  | { readonly kind: 'accept'; readonly note: string }
  /** The bad ones are closed with their reason. */
  | { readonly kind: 'acceptPartly'; readonly note: string }
  | { readonly kind: 'reject'; readonly note: string }

/** Connect takes no longer notes. */
export const LONGEST_NOTE = 200

export function decideFile({ records, bad, reasons }: Tally, acceptPartly: boolean): FileDecision {
  if (records === 0) return { kind: 'reject', note: 'The file has no records.' }
  if (bad === 0) return { kind: 'accept', note: `All ${records} records are billed by the Microsoft marketplace.` }
  const head = `${bad} of ${records} records cannot be billed.`
  if (acceptPartly && bad < records) return { kind: 'acceptPartly', note: noteOf(head, reasons) }
  return { kind: 'reject', note: noteOf(head, reasons) }
}

/** As many reasons as fit, each whole. */
function noteOf(head: string, reasons: readonly ReasonCount[]): string {
  let note = head
  for (const { reason, records, example } of reasons) {
    const longer = `${note} ${recordReasons[reason]} (${records}, ${example}).`
    const shorter = `${note} ${reason} (${records}).`
    if (lengthOf(longer) <= LONGEST_NOTE) note = longer
    else if (lengthOf(shorter) <= LONGEST_NOTE) note = shorter
    else break
  }
  return note
}

/** Why one record is not billed, for the note it is closed with. */
export const closingNote = (reasons: readonly string[]): string => {
  const words = reasons.filter(isRecordReason).map((reason) => recordReasons[reason])
  let note = 'Not billed.'
  for (const one of words) {
    const longer = `${note} ${one}.`
    if (lengthOf(longer) > LONGEST_NOTE) break
    note = longer
  }
  return note
}

/** As Connect counts. */
const lengthOf = (text: string): number => [...text].length
