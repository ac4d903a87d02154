/** What every part of a page needs to draw itself. */
import type { PageFrame, ProductFace } from './page.ts'
import { formatLocale, type Texts, textsFor } from './texts.ts'

export interface Setting {
  readonly frame: PageFrame
  readonly texts: Texts
  /** For dates. */
  readonly locale: string
  readonly product: ProductFace
}

/** Without a product (its address is unknown, say) the page speaks for nobody in particular. */
const NOBODY: ProductFace = { name: '', publisherName: '' }

export function settingOf(frame: PageFrame): Setting {
  const texts = textsFor(frame.locale)
  return { frame, texts, locale: formatLocale(frame.locale, texts), product: frame.product ?? NOBODY }
}
