/**
 * The life of a usage file with us. What Connect says of it is looked at before each step. Pure.
 *
 *     found ─► read ─┬► accepting ─┬► taking ─► billing ─► closed
 *              ▲     │      │      │
 *              └─────┼──────┘      │   (accepted at Connect before we decided: straight to taking)
 *                    └► rejecting ─┴► rejected ─► found (submitted again)
 *
 *     from anywhere: gone (withdrawn, deleted or closed by somebody else)
 */
export const fileStates = {
  found: 'Seen in Connect; its records are being read',
  read: 'Its records are read and are being judged',
  accepting: 'Judged; Connect is being told that it is accepted',
  rejecting: 'Judged; Connect is being told that it is rejected',
  taking: 'Accepted; its records are being taken into the ledger',
  billing: 'In the ledger; each record is closed when it is known what became of it',
  closed: 'Every record is closed, and so is the file',
  rejected: 'Given back to the vendor with the reasons',
  gone: 'Withdrawn, deleted or closed by somebody else',
} as const satisfies Readonly<Record<string, string>>

export type FileState = keyof typeof fileStates

export const isFileState = (text: string): text is FileState => Object.hasOwn(fileStates, text)

/** Nothing happens to it any more unless it comes again. */
export const isOver = (state: FileState): boolean => state === 'closed' || state === 'rejected' || state === 'gone'

/** What Connect says of it, as far as it matters. */
export type Told = 'pending' | 'accepted' | 'rejected' | 'closed' | 'elsewhere'

export type FileStep = 'read' | 'judge' | 'accept' | 'reject' | 'take' | 'bill' | 'wait'

export interface FileView {
  readonly state: FileState
  readonly told: Told
  /** It was submitted again since its records were read. */
  readonly isNewRound: boolean
  /** The verdicts are old: what could be billed then may be too late now. */
  readonly isStale: boolean
}

export type NextOfFile =
  | { readonly step: FileStep; readonly as?: FileState }
  /** What Connect says ends it, or is not ours to act on. */
  | { readonly step: 'over'; readonly as: 'closed' | 'rejected' | 'gone' }

/** Read from the top; the first line that fits decides. */
export function nextOfFile({ state, told, isNewRound, isStale }: FileView): NextOfFile {
  if (told === 'closed') return { step: 'over', as: state === 'billing' || state === 'closed' ? 'closed' : 'gone' }
  if (told === 'rejected') return { step: 'over', as: state === 'rejecting' || state === 'rejected' ? 'rejected' : 'gone' }
  if (told === 'elsewhere') return { step: 'over', as: 'gone' }
  if (told === 'pending' && isNewRound) return { step: 'read', as: 'found' }
  switch (state) {
    case 'found':
    case 'closed':
    case 'rejected':
    case 'gone':
      return { step: 'read', as: 'found' }
    case 'read':
      return { step: 'judge' }
    case 'accepting':
      if (told === 'accepted') return { step: 'take', as: 'taking' }
      return isStale ? { step: 'judge', as: 'read' } : { step: 'accept' }
    case 'rejecting':
      return told === 'accepted' || isStale ? { step: 'judge', as: 'read' } : { step: 'reject' }
    case 'taking':
      return told === 'accepted' ? { step: 'take' } : { step: 'wait' }
    case 'billing':
      return told === 'accepted' ? { step: 'bill' } : { step: 'wait' }
  }
}
