/** Pictures and documents that are kept, held against what Microsoft takes. What is behind an address is Microsoft's to see. Pure. */
import { limits } from './limits.ts'
import { type OfferProposal, subjectOf } from './offer.ts'
import { type Problem, problem } from './problems.ts'

/** A file as its first bytes tell. */
export interface FileFacts {
  readonly name: string
  readonly kind: 'png' | 'pdf' | 'other' | 'notKept'
  readonly size: { readonly width: number; readonly height: number } | undefined
}

/** @param fileOf undefined for an address */
export function checkFiles(offer: OfferProposal, fileOf: (source: string) => FileFacts | undefined): readonly Problem[] {
  const { media } = offer.content
  if (!media) return []
  const check = (source: string | undefined, field: string, fits: (file: FileFacts) => Fault | undefined): readonly Problem[] => {
    const file = source === undefined ? undefined : fileOf(source)
    const fault = file && (file.kind === 'notKept' ? { code: 'FILE_NOT_KEPT' as const, facts: { name: file.name } } : fits(file))
    return fault ? [problem(fault.code, subjectOf(offer), fault.facts, field)] : []
  }
  return [
    ...check(media.logo, 'media.logo', logoFault),
    ...media.screenshots.flatMap(({ source }, at) => check(source, `media.screenshots[${at}]`, (file) => screenshotFault(file, at + 1))),
    ...media.documents.flatMap(({ source }, at) => check(source, `media.documents[${at}]`, documentFault)),
  ]
}

type Fault = Pick<Problem, 'code' | 'facts'>

export function logoFault({ name, size }: FileFacts): Fault | undefined {
  if (!size) return { code: 'PICTURE_NOT_PNG', facts: { name } }
  const { width, height } = size
  if (width === height && width >= limits.logoLeast && width <= limits.logoMost) return undefined
  return { code: 'LOGO_SIZE_WRONG', facts: { width: String(width), height: String(height) } }
}

function screenshotFault({ name, size }: FileFacts, number: number): Fault | undefined {
  if (!size) return { code: 'PICTURE_NOT_PNG', facts: { name } }
  const { width, height } = size
  if (width === limits.screenshotWidth && height === limits.screenshotHeight) return undefined
  return { code: 'SCREENSHOT_SIZE_WRONG', facts: { number: String(number), width: String(width), height: String(height) } }
}

const documentFault = ({ name, kind }: FileFacts): Fault | undefined =>
  kind === 'pdf' ? undefined : { code: 'DOCUMENT_NOT_PDF', facts: { name } }
