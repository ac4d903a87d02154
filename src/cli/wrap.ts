/** Breaks a line between words where the terminal would break it anywhere. */

/** So little room is left that broken words would be harder to read than none broken. */
const LEAST = 20

/** @param indent of every line but the first. Addresses, and what stands in backticks, stay whole: they can be copied. */
export function wrapped(text: string, columns: number | undefined, indent: number): readonly string[] {
  if (columns === undefined || columns - indent < LEAST || text.length <= columns) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(text)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line.trim() === '' || longer.length <= columns) {
      line = longer
      continue
    }
    lines.push(line)
    line = `${' '.repeat(indent)}${word}`
  }
  return [...lines, line]
}

/** What stands at the left stays with the first word. */
const wordsOf = (text: string): readonly string[] => text.match(/^\s*(?:`[^`]*`|\S)+(?: {2,}\S+)*|(?:`[^`]*`|\S)+/g) ?? []
