/** The zip a spreadsheet is: its parts by name, each unpacked as a stream of text under one common cap. */
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl'
import { tooLarge, unreadable } from './limits.ts'

export interface Archive {
  readonly has: (name: string) => boolean
  /** The part's text as it is unpacked. @throws AppError ERR_SPREADSHEET_UNREADABLE, ERR_SPREADSHEET_TOO_LARGE */
  readonly text: (name: string) => AsyncGenerator<string>
  readonly close: () => void
}

/** More parts than any spreadsheet has. */
const MAX_PARTS = 10_000

/** @param source the file's path, or all of it. @throws AppError ERR_SPREADSHEET_UNREADABLE */
export async function openArchive(source: string | Uint8Array, maxBytes: number): Promise<Archive> {
  const zip = await opened(source)
  const parts = await listed(zip).catch((error: unknown) => {
    zip.close()
    throw error
  })
  let unpacked = 0
  return {
    has: (name) => parts.has(name),
    close: () => zip.close(),
    async *text(name) {
      const entry = parts.get(name)
      if (!entry) throw unreadable(`it has no ${name}`)
      const decoder = new TextDecoder()
      try {
        for await (const chunk of await stream(zip, entry)) {
          unpacked += chunk.length
          if (unpacked > maxBytes) throw tooLarge('bytes', maxBytes)
          yield decoder.decode(chunk, { stream: true })
        }
      } catch (error) {
        throw isOurs(error) ? error : unreadable(`${name} is damaged`, error)
      }
      yield decoder.decode()
    },
  }
}

function opened(source: string | Uint8Array): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false }
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile): void => (zip ? resolve(zip) : reject(unreadable('it is no zip archive', error)))
    if (typeof source === 'string') open(source, options, done)
    else fromBuffer(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options, done)
  })
}

function listed(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) return Promise.reject(unreadable('it has too many parts'))
  const parts = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      parts.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.once('end', () => resolve(parts))
    zip.once('error', (error: Error) => reject(unreadable('its table of contents is damaged', error)))
    zip.readEntry()
  })
}

function stream(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => (readable ? resolve(readable) : reject(error ?? new Error('no stream'))))
  })
}

const isOurs = (error: unknown): boolean => error instanceof Error && error.name === 'AppError'
