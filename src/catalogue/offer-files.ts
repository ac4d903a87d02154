/** Looks into the kept files of offers: what they are, how large their pictures are. */
import type { Db } from '../database/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { contentTypeOf, fileHeads, pngSize, readMedia } from '../tenants/index.ts'
import { checkFiles, type FileFacts } from './rules/check-files.ts'
import type { OfferProposal } from './rules/offer.ts'
import type { Problem } from './rules/problems.ts'

/** What Microsoft would not take of the offers' kept pictures and documents. */
export async function fileProblems(db: Db, tenantId: TenantId, offers: readonly OfferProposal[]): Promise<readonly Problem[]> {
  const hashes = offers.flatMap(sourcesOf).flatMap((source) => {
    const read = readMedia(source)
    return read.kind === 'kept' ? [read.sha256] : []
  })
  const heads = await fileHeads(db, tenantId, [...new Set(hashes)])
  return offers.flatMap((offer) => checkFiles(offer, (source) => factsOf(source, heads)))
}

const sourcesOf = ({ content: { media } }: OfferProposal): readonly string[] =>
  media
    ? [...(media.logo === undefined ? [] : [media.logo]), ...[...media.screenshots, ...media.documents].map(({ source }) => source)]
    : []

function factsOf(source: string, heads: ReadonlyMap<string, Uint8Array>): FileFacts | undefined {
  const read = readMedia(source)
  switch (read.kind) {
    case 'url':
      return undefined
    case 'data':
      return ofContent(read.file.name, read.file.content)
    case 'kept': {
      const head = heads.get(read.sha256)
      return head ? ofContent(read.name, head) : { name: read.name, kind: 'notKept', size: undefined }
    }
  }
}

export function ofContent(name: string, content: Uint8Array): FileFacts {
  const type = contentTypeOf(content)
  return { name, kind: type === 'image/png' ? 'png' : type === 'application/pdf' ? 'pdf' : 'other', size: pngSize(content) }
}
