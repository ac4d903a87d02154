/** The pictures and documents of an offer as Microsoft gets them: a name that names the content, and where it is fetched. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { type Media, type MediaSource, readMedia } from '../../tenants/index.ts'
import type { WantedFile, WantedFiles } from '../rules/resources/wanted.ts'

const LONGEST_NAME = 40

/** @param addressOf of a file kept by us */
export function filesOf({ logo, screenshots, documents }: Media, addressOf: (sha256: string, name: string) => string): WantedFiles {
  const file = (source: MediaSource) => fileOf(source, addressOf)
  return {
    logo: logo === undefined ? undefined : file(logo),
    screenshots: screenshots.map(({ source, caption, languages }) => ({ ...file(source), caption: caption ?? '', languages })),
    documents: documents.map(({ source, name, languages }) => ({ ...file(source), name, languages })),
  }
}

function fileOf(source: MediaSource, addressOf: (sha256: string, name: string) => string): WantedFile {
  const read = readMedia(source)
  switch (read.kind) {
    case 'kept':
      return { fileName: named(read.sha256, read.name), url: addressOf(read.sha256, read.name) }
    case 'data':
      return { fileName: named(read.file.sha256, read.file.name), url: addressOf(read.file.sha256, read.file.name) }
    case 'url': // what is behind an address is known by the address only
      return { fileName: named(createHash('sha256').update(read.url).digest('hex'), basename(new URL(read.url).pathname)), url: read.url }
  }
}

const named = (sha256: string, name: string): string =>
  `${sha256.slice(0, 12)}-${name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(-LONGEST_NAME)}`
