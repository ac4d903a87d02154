/** Who acts: a person at a terminal, or whoever holds an API key. */
export interface Operator {
  readonly via: 'commandLine' | 'api'
  /** The person's name, or that of the key. */
  readonly name: string
}

const LONGEST_NAME = 100
const LONGEST_NOTE = 1000

/** As timelines and items keep it: `mara`, `API key nightly`. */
export function nameOf({ via, name }: Operator): string {
  const tidy =
    name
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, LONGEST_NAME) || 'an operator'
  return via === 'api' ? `API key ${tidy}` : tidy
}

/** Who decided, as the ledger of usage keeps it. */
export const signedBy = (operator: Operator, note?: string): { readonly by: string; readonly note: string | undefined } => ({
  by: nameOf(operator),
  note: noteOf(note),
})

export const noteOf = (note: string | undefined): string | undefined => note?.trim().slice(0, LONGEST_NOTE) || undefined
