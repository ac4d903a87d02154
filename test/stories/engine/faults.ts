/** What is wrong with a story's file, said with file and line. */
import type { Document, LineCounter, Node } from 'yaml'
import { isMap, isScalar } from 'yaml'
import type { z } from 'zod'

export class StoryFault extends Error {
  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
    this.name = 'StoryFault'
  }
}

/** A YAML file as read, with where its parts stand. */
export interface Source {
  readonly file: string
  readonly document: Document
  readonly lines: LineCounter
}

/** `file:line` of what stands at this path, or of the nearest thing around it. */
export function whereIs({ file, document, lines }: Source, path: readonly PropertyKey[]): string {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined
    if (node?.range) return `${file}:${lines.linePos(node.range[0]).line}`
  }
  return `${file}:1`
}

/** The first fault a schema finds below `path`. An unknown key is told at its own line. */
export function faultOf(source: Source, path: readonly PropertyKey[], error: z.ZodError): StoryFault {
  const [issue] = error.issues
  if (!issue) return new StoryFault(whereIs(source, path), error.message)
  const at = [...path, ...issue.path]
  if (issue.code !== 'unrecognized_keys') return new StoryFault(whereIs(source, at), `${at.join('.')}: ${issue.message}`)
  const [key = ''] = issue.keys
  return new StoryFault(whereIsKey(source, at, key), `unknown word "${key}"`)
}

function whereIsKey(source: Source, path: readonly PropertyKey[], key: string): string {
  const node = source.document.getIn(path, true)
  const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
  const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  return start === undefined ? whereIs(source, path) : `${source.file}:${source.lines.linePos(start).line}`
}
