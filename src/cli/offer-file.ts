/** Writes a product with its offers as a set-up file, and pictures that are in it beside it. */
import { writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type OfferProposal, setupFileOf } from '../catalogue/index.ts'
import { type Product, readMedia, type Tenant } from '../tenants/index.ts'
import { CommandFailure } from './context.ts'

export function writeOfferFile(file: string, tenant: Tenant, product: Product, offers: readonly OfferProposal[]): void {
  const named = offers.map((offer) => withLogoBeside(file, offer))
  write(file, setupFileOf(tenant, product, named))
}

function withLogoBeside(file: string, offer: OfferProposal): OfferProposal {
  const { media } = offer.content
  const read = media?.logo === undefined ? undefined : readMedia(media.logo)
  if (!media || read?.kind !== 'data') return offer
  const path = join(dirname(file), `${offer.id}-logo.png`)
  write(path, read.file.content)
  return { ...offer, content: { ...offer.content, media: { ...media, logo: `file:${basename(path)}` } } }
}

function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new CommandFailure(`${file} cannot be written (${reason})`)
  }
}
