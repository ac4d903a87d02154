/** What a story is about, without what happens in it: for those who only count stories. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { faultOf, type Source, StoryFault } from './faults.ts'

export const STORIES = join(import.meta.dirname, '..')

const about = z.strictObject({
  /** What a support person would be told on the phone. */
  story: z.string(),
  /** The trap of Microsoft's, or the text of Connect's, it is about. */
  trap: z.string().optional(),
  /** Cells of docs/generated/coverage.md: `Suspend while Subscribed`, `change is failed`. */
  covers: z.array(z.string()).default([]),
})

export interface About extends z.output<typeof about> {
  /** The folder's name. */
  readonly name: string
}

/** Of all stories, in order. @throws StoryFault */
export const readAbouts = (): readonly About[] => storyNames().map((name) => readAbout(join(STORIES, name), name))

export const storyNames = (): readonly string[] =>
  readdirSync(STORIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name)
    .sort()

/** @throws StoryFault */
export function readAbout(folder: string, name: string): About {
  const source = open(join(folder, 'story.yaml'))
  const read = about.safeParse(source.document.toJS())
  if (!read.success) throw faultOf(source, [], read.error)
  return { ...read.data, name }
}

/** @throws StoryFault when it is no YAML. */
export function open(path: string): Source {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const file = relative(process.cwd(), path)
  const [error] = document.errors
  if (error) throw new StoryFault(`${file}:${lines.linePos(error.pos[0]).line}`, error.message)
  return { file, document, lines }
}
