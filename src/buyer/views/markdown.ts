/**
 * The vendor's Markdown as safe HTML. No HTML of its own, no images (nothing is loaded from elsewhere), links only to http, https and
 * mail, opened apart and without a referrer. Headings start below the page's own.
 */
import markdownIt from 'markdown-it'

const renderer = markdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable('image')

/** A link may lead to the web or write a mail; anything else stays plain text. */
const SAFE_LINK = /^(https?:\/\/[^\s]|mailto:[^\s])/i
renderer.validateLink = (url) => SAFE_LINK.test(url.trim()) && canBeRead(url)

const canBeRead = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  return ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol)
}

renderer.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('target', '_blank')
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow')
  return self.renderToken(tokens, index, options)
}

/** The page has h1 and h2: the vendor's headings begin at h3 and go down one step at a time, whatever levels the vendor chose. */
renderer.core.ruler.push('headings_below', (state) => {
  const open: number[] = []
  for (const token of state.tokens) {
    const level = Number(token.tag.slice(1))
    if (token.type === 'heading_open') {
      while ((open.at(-1) ?? 0) >= level) open.pop()
      open.push(level)
    }
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${Math.min(6, open.length + 2)}`
  }
})

/** Safe to stand in a page as it is. */
export const renderMarkdown = (source: string): string => renderer.render(source)
