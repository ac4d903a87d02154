/** Story folders → stories. Strict: an unknown word is an error that names file and line. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { closestTo } from '../../../src/kit/spelling.ts'
import { type About, open, readAbout, STORIES, storyNames } from './about.ts'
import { deedNames, deeds, type Happening } from './deeds.ts'
import { faultOf, type Source, StoryFault, whereIs } from './faults.ts'

const chapter = z.strictObject({ what: z.string(), do: z.array(z.unknown()).min(1) })

export interface Chapter {
  /** Its number and name: `2-vendor-approves`. */
  readonly name: string
  readonly what: string
  readonly happenings: readonly Happening[]
}

export interface Story extends About {
  readonly folder: string
  readonly chapters: readonly Chapter[]
}

/** All of them, in order. @throws StoryFault */
export const readStories = (): readonly Story[] => storyNames().map((name) => readStory(join(STORIES, name), name))

/** @throws StoryFault */
export function readStory(folder: string, name: string): Story {
  const files = readdirSync(folder)
  const strange = files.find((file) => !/^(story|\d+-[a-z0-9-]+)([.]state|[.]state[.]computed)?[.]yaml$/.test(file))
  if (strange) throw new StoryFault(join(folder, strange), 'expected story.yaml, N-name.yaml and N-name.state.yaml')
  const chapters = files.filter((file) => /^\d+-[a-z0-9-]+[.]yaml$/.test(file)).map((file) => readChapter(folder, file))
  const numbered = chapters.toSorted((a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10))
  numbered.forEach((one, index) => {
    if (Number.parseInt(one.name, 10) !== index + 1) throw new StoryFault(join(folder, one.name), `expected number ${index + 1}`)
  })
  if (numbered.length === 0) throw new StoryFault(folder, 'nothing happens in it')
  return { ...readAbout(folder, name), folder, chapters: numbered }
}

function readChapter(folder: string, file: string): Chapter {
  const source = open(join(folder, file))
  const read = chapter.safeParse(source.document.toJS())
  if (!read.success) throw faultOf(source, [], read.error)
  const happenings = read.data.do.map((given, index) => readHappening(source, ['do', index], given))
  return { name: file.replace(/[.]yaml$/, ''), what: read.data.what, happenings }
}

/** A sentence by itself, or a sentence with what it needs to know. */
function readHappening(source: Source, path: readonly PropertyKey[], given: unknown): Happening {
  const [[words, value] = ['', undefined], more] = typeof given === 'string' ? [[given, undefined] as const] : entriesOf(given)
  const where = () => whereIs(source, path)
  if (more) throw new StoryFault(where(), `one happening a line: "${words}", and "${more[0]}" below it`)
  const name = deedNames.find((one) => one === words)
  if (!name) {
    const near = closestTo(words, deedNames, (known) => known.length / 3)
    throw new StoryFault(where(), `unknown happening "${words}"${near ? `; "${near}" was meant?` : ''}`)
  }
  const read = deeds[name].read(value)
  if (!read.success) throw faultOf(source, value === undefined ? path : [...path, words], read.error)
  return { words: name, act: read.act }
}

const entriesOf = (given: unknown): readonly (readonly [string, unknown])[] =>
  typeof given === 'object' && given !== null ? Object.entries(given) : [[String(given), undefined]]
