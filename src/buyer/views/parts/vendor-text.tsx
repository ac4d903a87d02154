/** The vendor's Markdown, sanitised. The only place where HTML that is not our own JSX enters a page. */
import type { VNode } from 'preact'
import { renderMarkdown } from '../markdown.ts'

export const VendorText = ({ markdown }: { readonly markdown: string }): VNode => (
  <div class="text" dangerouslySetInnerHTML={{ __html: renderMarkdown(markdown) }} />
)
