/** A story that cannot be understood is told with file and line, never played in part. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readStories, readStory } from './engine/read.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'story-'))
  write('story.yaml', 'story: Somebody buys.')
  write('1-buys.yaml', 'what: Mara buys.\ndo:\n  - the payment fails')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (file: string, text: string) => writeFileSync(join(folder, file), `${text}\n`)
const reading = () => () => readStory(folder, '01-buys')

describe('a story that cannot be understood', () => {
  test.each([
    [
      'an unknown happening',
      'the payment failed',
      /1-buys\.yaml:3: unknown happening "the payment failed"; "the payment fails" was meant\?/,
    ],
    ['an unknown word in a happening', 'the customer buys: { offer: a, plan: b, seets: 3 }', /1-buys\.yaml:3: unknown word "seets"/],
    ['a value of the wrong kind', 'the customer changes the seats to: many', /1-buys\.yaml:3: .*number/],
    ['something to be said that was not', 'time passes', /1-buys\.yaml:3: /],
    ['something said where nothing is to be', 'the payment fails: twice', /1-buys\.yaml:3: /],
  ])('%s names file and line', (_what, line, fault) => {
    write('1-buys.yaml', `what: Mara buys.\ndo:\n  - ${line}`)
    expect(reading()).toThrow(fault)
  })

  test('an unknown key in its head names file and line', () => {
    write('story.yaml', 'story: Somebody buys.\nabout: nothing')
    expect(reading()).toThrow(/story\.yaml:2: unknown word "about"/)
  })

  test('a missing chapter, a file of another kind and an empty folder are told', () => {
    write('3-cancels.yaml', 'what: She cancels.\ndo:\n  - the customer cancels')
    expect(reading()).toThrow(/3-cancels: expected number 2/)
    write('notes.txt', 'later')
    expect(reading()).toThrow(/notes\.txt: expected story\.yaml/)
  })
})

test('all stories can be read, and say what they are about', () => {
  const stories = readStories()
  expect(stories.length).toBeGreaterThanOrEqual(25)
  expect(stories.filter(({ story }) => story.trim() === '')).toEqual([])
})
