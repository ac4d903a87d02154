/** From the file's text to plain data, remembering where everything stands. */
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Path, SetupFault } from './faults.ts'

export interface ParsedText {
  readonly data: unknown
  readonly faults: readonly SetupFault[]
  /** The line of a path, or of the nearest thing above it that exists. */
  lineOf(path: Path): number | undefined
}

/** Reads YAML 1.2 (JSON is YAML too). Anchors, aliases and merge keys work. */
export function parseText(text: string): ParsedText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, uniqueKeys: true })
  const faults = [...document.errors, ...document.warnings].map((error) => ({
    path: [],
    message: `line ${lines.linePos(error.pos[0]).line} is not YAML: ${withoutSource(error.message)}`,
  }))
  const data = faults.length > 0 ? undefined : toData(document)
  if (data === tooManyAliases) return { data: undefined, faults: [{ path: [], message: 'too many aliases' }], lineOf: () => undefined }
  return {
    data,
    faults,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
      }
      return undefined
    },
  }
}

const tooManyAliases = Symbol('too many aliases')

/** Aliases are counted, so that a small file cannot unfold into a huge one. */
function toData(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    if (error instanceof ReferenceError) return tooManyAliases
    throw error
  }
}

/** What follows the colon quotes the file, which may be a secret. */
const withoutSource = (message: string): string => message.split(/:|"/)[0]?.trim() ?? message
