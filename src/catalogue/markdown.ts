/** Connect's Markdown as HTML, for the rules to put into what Microsoft shows. HTML of its own is taken as text. */
import markdownIt from 'markdown-it'

const renderer = markdownIt({ html: false, linkify: false, breaks: false, typographer: false }).disable('image')

export const htmlOf = (markdown: string): string => renderer.render(markdown)
