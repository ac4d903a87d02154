/** Columns as wide as their widest cell. Nothing is cut: a terminal wraps, a pipe wants it whole. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows].map((row) => row.map(plain))
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Names come from outside: nothing in them moves the cursor or colours the terminal. */
export const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ')
