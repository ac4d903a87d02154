/** The small parts of a spreadsheet: which sheets there are and where, and the texts their cells share. */
import { SaxesParser } from 'saxes'
import type { Archive } from './archive.ts'
import { type SpreadsheetLimits, tooLarge, unreadable } from './limits.ts'

const FOLDER = 'xl/'

/** Paths of the sheets by their names, in order. */
export async function sheetPaths(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>()
  await parse(archive, `${FOLDER}_rels/workbook.xml.rels`, (name, { Id, Target }) => {
    if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, absolute(Target))
  })
  const sheets = new Map<string, string>()
  await parse(archive, `${FOLDER}workbook.xml`, (name, attributes) => {
    const target = name === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined
    if (target !== undefined) sheets.set(attributes['name'] ?? '', target)
  })
  if (sheets.size === 0) throw unreadable('it has no sheets')
  return sheets
}

const absolute = (target: string): string => (target.startsWith('/') ? target.slice(1) : `${FOLDER}${target}`)

/** By index. Formatted pieces of one text are joined; phonetic hints are left out. */
export async function sharedTexts(archive: Archive, limits: SpreadsheetLimits): Promise<readonly string[]> {
  const path = `${FOLDER}sharedStrings.xml`
  if (!archive.has(path)) return []
  const texts: string[] = []
  let [current, size, inText, inHint] = ['', 0, false, false]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    if (local(name) === 'si') current = ''
    if (local(name) === 'rPh') inHint = true
    inText = local(name) === 't' && !inHint
  })
  parser.on('text', (text) => {
    if (!inText) return
    size += text.length
    if (size > limits.maxSharedText) throw tooLarge('characters of shared text', limits.maxSharedText)
    current += text
  })
  parser.on('closetag', ({ name }) => {
    inText = false
    if (local(name) === 'rPh') inHint = false
    if (local(name) !== 'si') return
    size += 1 // an empty text costs, too
    texts.push(current)
  })
  await feed(parser, archive.text(path), path)
  return texts
}

async function parse(archive: Archive, path: string, onTag: (name: string, attributes: Record<string, string | undefined>) => void) {
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => onTag(local(name), attributes))
  await feed(parser, archive.text(path), path)
}

/** Writes a whole part into the parser. @throws AppError ERR_SPREADSHEET_UNREADABLE for what is no XML. */
async function feed(parser: SaxesParser, chunks: AsyncIterable<string>, path: string): Promise<void> {
  parser.on('error', (error) => {
    throw unreadable(`${path} is not XML`, error)
  })
  for await (const chunk of chunks) parser.write(chunk)
  parser.close()
}

/** Without the namespace's prefix, which some programs write. */
export const local = (name: string): string => name.slice(name.indexOf(':') + 1)
