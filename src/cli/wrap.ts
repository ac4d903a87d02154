/** Breaks a line between words where the terminal would break it anywhere. */

/** So little room is left that broken words would be harder to read than none broken. */
const LEAST = 20

/** @param indent of every line but the first. Addresses, and what stands in backticks, stay whole: they can be copied. */
export function wrapped(text: string, columns: number | undefined, indent: number): readonly string[] {
  if (columns === undefined || columns - indent < LEAST || text.length <= columns) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(text)) {
    if (line === '' || line.length + word.length <= columns) {
      line += word
      continue
    }
    lines.push(line)
    line = `${' '.repeat(indent)}${word.trimStart()}`
  }
  return [...lines, line]
}

/** Each with the space before it: columns stay where they are. */
const wordsOf = (text: string): readonly string[] => text.match(/\s*(?:`[^`]*`|\S)+/g) ?? []
