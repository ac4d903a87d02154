/** Logos, screenshots and documents of an offer: an address, or a file that is kept by us. */
import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Microsoft's own limits are smaller; this only keeps a mistake out of the database. */
const LARGEST_FILE = 10 * 1024 * 1024
const DATA = /^data:([a-z]+\/[a-z0-9.+-]+);name=([^;,]{1,255});base64,([A-Za-z0-9+/=\s]+)$/
const KEPT = /^kept:([0-9a-f]{64})\/(.{1,255})$/

/**
 * Where a picture or a document is: `https://…`, which Microsoft fetches itself · `file:logo.png` beside the set-up file, read when it is applied
 * (it arrives here as a `data:` URL) · `kept:<SHA-256>/logo.png`, a file that was kept before.
 */
export const mediaSource = z
  .string()
  .trim()
  .max(LARGEST_FILE * 1.4, 'expected a file of at most 10 MiB')
  .refine(
    (text) => DATA.test(text) || KEPT.test(text) || isHttps(text),
    'expected an https URL, file:PATH of a picture or PDF, or kept:… of one that is stored already',
  )
export type MediaSource = z.output<typeof mediaSource>

const isHttps = (text: string): boolean => text.length <= 2048 && URL.canParse(text) && new URL(text).protocol === 'https:'

export interface KeptFile {
  /** SHA-256 of the content, in hex: its name in the store. */
  readonly sha256: string
  readonly name: string
  readonly contentType: string
  readonly content: Uint8Array
}

export type ReadMedia =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'kept'; readonly sha256: string; readonly name: string }
  | { readonly kind: 'data'; readonly file: KeptFile }

export function readMedia(source: MediaSource): ReadMedia {
  const [, sha256, kept] = KEPT.exec(source) ?? []
  if (sha256 !== undefined && kept !== undefined) return { kind: 'kept', sha256, name: kept }
  const [, contentType, name, base64] = DATA.exec(source) ?? []
  if (contentType === undefined || name === undefined || base64 === undefined) return { kind: 'url', url: source }
  const content = Buffer.from(base64, 'base64')
  return { kind: 'data', file: { sha256: sha256Of(content), name: decodeURIComponent(name), contentType, content } }
}

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

export const keptSource = ({ sha256, name }: Pick<KeptFile, 'sha256' | 'name'>): MediaSource => `kept:${sha256}/${name}`

export const dataSource = (name: string, contentType: string, content: Uint8Array): string =>
  `data:${contentType};name=${encodeURIComponent(name)};base64,${Buffer.from(content).toString('base64')}`

/** What a file is, by its first bytes; `undefined` for what Microsoft does not take. */
export function contentTypeOf(content: Uint8Array): 'image/png' | 'application/pdf' | undefined {
  const head = Buffer.from(content.subarray(0, 8)).toString('latin1')
  if (head === '\x89PNG\r\n\x1a\n') return 'image/png'
  return head.startsWith('%PDF-') ? 'application/pdf' : undefined
}

/** Width and height in pixels, from a PNG's header. */
export function pngSize(content: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (contentTypeOf(content) !== 'image/png' || content.length < 24) return undefined
  const view = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
}

const caption = z.string().trim().max(1000)
/** In which of the offer's languages it is shown; all of them when absent. */
const languages = z.array(z.string().trim().toLowerCase()).optional()

/** The pictures and documents of an offer's page. Microsoft needs the large logo and one to five screenshots. */
export const media = z.strictObject({
  /** PNG, square, 216 to 350 pixels. */
  logo: mediaSource.optional(),
  /** PNG, 1280 × 720. */
  screenshots: z.array(z.strictObject({ source: mediaSource, caption: caption.optional(), languages })).default([]),
  /** PDF. */
  documents: z.array(z.strictObject({ source: mediaSource, name: caption, languages })).default([]),
})
export type Media = z.output<typeof media>
