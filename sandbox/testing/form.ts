/** Reads a form out of a page as a browser would send it: the fields with what stands in them. Enough for pages made here; no HTML parser. */
export interface PageForm {
  readonly action: URL
  readonly fields: Readonly<Record<string, string>>
  /** Required and still empty. */
  readonly missing: readonly string[]
}

/** The first form of the page whose action contains `part`. @throws Error when there is none. */
export function formOf(html: string, pageUrl: string | URL, part: string): PageForm {
  for (const [, attributes = '', inner = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const action = attributeOf(attributes, 'action') ?? String(pageUrl)
    if (action.includes(part)) return { action: new URL(action, pageUrl), ...fieldsOf(inner) }
  }
  throw new Error(`the page has no form for ${part}`)
}

function fieldsOf(html: string): Omit<PageForm, 'action'> {
  const fields: Record<string, string> = {}
  const missing: string[] = []
  const keep = (attributes: string, value: string): void => {
    const name = attributeOf(attributes, 'name')
    if (name === undefined) return
    fields[name] ??= value
    if (value === '' && /\brequired\b/.test(attributes)) missing.push(name)
  }
  for (const [, attributes = ''] of html.matchAll(/<input\b([^>]*)>/g)) {
    const type = attributeOf(attributes, 'type') ?? 'text'
    if ((type === 'radio' || type === 'checkbox') && !/\bchecked\b/.test(attributes)) continue
    keep(attributes, attributeOf(attributes, 'value') ?? '')
  }
  for (const [, attributes = '', options = ''] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) keep(attributes, chosen(options))
  for (const [, attributes = '', text = ''] of html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) keep(attributes, decode(text))
  return { fields, missing }
}

function chosen(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
  return attributeOf(all.find((attributes) => /\bselected\b/.test(attributes)) ?? all[0] ?? '', 'value') ?? ''
}

const attributeOf = (attributes: string, name: string): string | undefined => {
  const [, value] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes) ?? []
  return value === undefined ? undefined : decode(value)
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
