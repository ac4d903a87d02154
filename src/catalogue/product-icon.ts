/** A product's picture at Connect as the logo of its offer: only one that Microsoft would take. */
import type { ConnectClient } from '../connect/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import { contentTypeOf, dataSource, type MediaSource } from '../tenants/index.ts'
import { ofContent } from './offer-files.ts'
import { logoFault } from './rules/check-files.ts'
import type { ProductFacts } from './rules/facts.ts'
import { type Problem, problem, sentenceOf } from './rules/problems.ts'

export interface IconAsLogo {
  readonly logo: MediaSource | undefined
  readonly problems: readonly Problem[]
}

/** Not having one, or one that does not fit, is told: a logo is then the publisher's to give. */
export async function iconAsLogo(
  connect: Pick<ConnectClient, 'products'>,
  { id, name, iconPath }: Pick<ProductFacts, 'id' | 'name' | 'iconPath'>,
  signal?: AbortSignal,
): Promise<IconAsLogo> {
  const without = (reason: string): IconAsLogo => ({ logo: undefined, problems: [problem('ICON_NOT_USED', `product ${id}`, { reason })] })
  if (iconPath === undefined || iconPath === '') return without('Connect names none')
  try {
    const content = await connect.products.icon(iconPath, signal)
    if (!content) return without('Connect names one, but does not hand it out')
    const file = `${name} logo.png`
    const fault = logoFault(ofContent('icon', content))
    if (fault) return without(sentenceOf({ ...fault, subject: '' }).replace(/\.$/, ''))
    return { logo: dataSource(file, contentTypeOf(content) ?? 'image/png', content), problems: [] }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return without(error.message.replace(/\.$/, ''))
  }
}
