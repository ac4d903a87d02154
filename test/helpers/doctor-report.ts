/** The report of `bridge doctor`, read as it stands on the terminal. */

export interface Finding {
  readonly result: string
  readonly sentence: string
  readonly todo: string | undefined
}

/** What stands on the terminal, by code. */
export function findingsIn(out: string): ReadonlyMap<string, Finding> {
  const lines = out.split('\n')
  const found = new Map<string, Finding>()
  for (const [index, line] of lines.entries()) {
    const [, result = '', codes = '', sentence = ''] = /^ {4}[+!x=-] (\w+) +([A-Z_]+(?:, [A-Z_]+)*): (.*)$/.exec(line) ?? []
    const [, todo] = /^ +> (.*)$/.exec(lines[index + 1] ?? '') ?? []
    for (const code of codes.split(', ').filter((one) => one !== '')) found.set(code, { result, sentence, todo })
  }
  return found
}
