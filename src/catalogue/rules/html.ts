/**
 * The HTML Microsoft shows in descriptions: `b i br p ul ol li`, without attributes. Whatever comes is put into it; nothing else passes.
 * Source: learn.microsoft.com, partner-center/marketplace/supported-html-tags.
 */
const SHOWN = new Set(['b', 'i', 'br', 'p', 'ul', 'ol', 'li'])
const SAME_AS: Readonly<Record<string, string>> = { strong: 'b', em: 'i', div: 'p', blockquote: 'p', pre: 'p', section: 'p', article: 'p' }
const HEADING = /^h[1-6]$/
/** What is inside says nothing to a reader. */
const DROPPED_WHOLE = new Set(['script', 'style', 'iframe', 'object', 'svg', 'head', 'title', 'template', 'noscript'])
const BLOCK = new Set(['p', 'ul', 'ol', 'li'])

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly tag: string; readonly source: string }

const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+|<)/g

function tokens(html: string): readonly Token[] {
  const found: Token[] = []
  let inside: string | undefined
  for (const [source, slash, name, , text] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase()
    if (inside !== undefined) {
      if (slash === '/' && tag === inside) inside = undefined
      continue
    }
    if (text !== undefined) found.push({ kind: 'text', text })
    else if (tag !== undefined && DROPPED_WHOLE.has(tag)) inside = slash === '/' ? undefined : tag
    else if (tag !== undefined) found.push({ kind: slash === '/' ? 'close' : 'open', tag, source })
  }
  return found
}

export interface Sanitized {
  readonly html: string
  /** Tags that were left out or put in simpler form, each once, in order. */
  readonly simplified: readonly string[]
}

/** Puts any HTML into what Microsoft shows. The result is well-formed, and sanitizing it again changes nothing. */
export function sanitizeHtml(html: string): Sanitized {
  const simplified = new Set<string>()
  const out = createWriter()
  for (const token of tokens(html)) {
    if (token.kind === 'text') out.text(decode(token.text))
    else {
      const tag = SAME_AS[token.tag] ?? token.tag
      if (!SHOWN.has(token.tag) && !(token.tag in SAME_AS && /^(strong|em)$/.test(token.tag))) simplified.add(token.tag)
      if (HEADING.test(tag)) token.kind === 'open' ? out.open('p').open('b') : out.close('b').close('p')
      else if (SHOWN.has(tag)) token.kind === 'open' ? out.open(tag) : out.close(tag)
      else if (tag === 'tr') out.open('br')
      else out.text(' ')
    }
  }
  return { html: out.done(), simplified: [...simplified] }
}

/** Writes well-formed HTML: closes what is open, drops what was never opened, leaves out what is empty. */
function createWriter() {
  const open: string[] = []
  const parts: string[] = []
  const closeTop = (): void => {
    const tag = open.pop()
    if (tag === undefined) return
    if (parts.at(-1) === `<${tag}>`) parts.pop()
    else parts.push(`</${tag}>`)
  }
  const writer = {
    text(text: string) {
      const single = text.replaceAll(/\s+/g, ' ')
      const after = parts.at(-1) ?? ''
      const isSpaced = /\s$/.test(after) || (/^<|^$/.test(after) && !/^<\/?[bi]>$/.test(after))
      const bare = isSpaced ? single.trimStart() : single
      if (bare !== '') parts.push(encode(bare))
      return writer
    },
    open(tag: string) {
      if (tag === 'br') parts.push('<br>')
      else if (tag === 'li' && !open.some((outer) => outer === 'ul' || outer === 'ol')) writer.open('ul').open('li')
      else {
        if (tag === 'p' || tag === 'li') while (open.at(-1) !== undefined && mustEnd(open.at(-1) ?? '', tag)) closeTop()
        if ((tag === 'ul' || tag === 'ol') && open.includes('p')) while (open.includes('p')) closeTop()
        if (open.length < 30) {
          open.push(tag)
          parts.push(`<${tag}>`)
        }
      }
      return writer
    },
    close(tag: string) {
      if (open.includes(tag)) while (open.includes(tag) && open.at(-1) !== tag) closeTop()
      if (open.at(-1) === tag) closeTop()
      return writer
    },
    done() {
      while (open.length > 0) closeTop()
      return parts.join('').trim()
    },
  }
  return writer
}

/** A paragraph does not stand in a paragraph, a list item not in a list item of the same list. */
const mustEnd = (outer: string, tag: string): boolean =>
  tag === 'p' ? outer === 'p' || outer === 'b' || outer === 'i' : BLOCK.has(outer) ? outer === 'li' || outer === 'p' : true

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decode = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })

const encode = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What a reader sees, a line a paragraph. */
export function plainText(html: string): string {
  const text = tokens(html)
    .map((token) => {
      if (token.kind === 'text') return decode(token.text).replaceAll(/\s+/g, ' ')
      if (token.tag === 'li' && token.kind === 'open') return '\n- '
      return token.tag === 'br' || BLOCK.has(token.tag) || HEADING.test(token.tag) || token.tag in SAME_AS
        ? /^(strong|em)$/.test(token.tag)
          ? ''
          : '\n'
        : ''
    })
    .join('')
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n')
}

/** Tags in a text that Microsoft does not show. */
export const foreignTags = (html: string): readonly string[] => [
  ...new Set(
    [...html.matchAll(TOKEN)].flatMap(([, , name, attributes]) =>
      name === undefined || (SHOWN.has(name.toLowerCase()) && (attributes ?? '').replaceAll(/[\s/]/g, '') === '')
        ? []
        : [name.toLowerCase()],
    ),
  ),
]
