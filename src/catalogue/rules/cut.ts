/** Texts that are too long, shortened where a reader minds least. Lengths are UTF-16 units, as Microsoft’s forms count. */
import { plainText, sanitizeHtml } from './html.ts'

const ELLIPSIS = '…'

/** At the end of a word, with an ellipsis; a single long word is cut within. Never between the halves of a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const room = text.slice(0, limit - ELLIPSIS.length + 1)
  const word = room.replace(/\s+\S*$/, '')
  const cut = word.length > limit / 2 && word.length < room.length ? word : room.slice(0, -1)
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,;:–-]+$/, '')}${ELLIPSIS}`
}

/** The same for sanitized HTML: whole paragraphs and list items as far as they fit, then the next one cut. */
export function cutHtml(html: string, limit: number): string {
  if (html.length <= limit) return html
  const pieces = html.split(/(?<=<\/(?:p|li|ul|ol)>|<br>)/)
  let kept = ''
  for (const piece of pieces) {
    const next = sanitizeHtml(kept + piece).html
    if (next.length > limit) return lastPiece(kept, piece, limit)
    kept = kept + piece
  }
  return sanitizeHtml(kept).html
}

/** As much of one more paragraph as fits; what was kept already when not even a few words do. */
function lastPiece(kept: string, piece: string, limit: number): string {
  const whole = sanitizeHtml(kept).html
  const opening = /^(?:<(?:p|ul|ol|li)>)*/.exec(piece)?.[0] ?? ''
  const text = plainText(piece).replace(/^- /, '')
  for (let room = limit - whole.length - 2 * opening.length - 10; room > 20; room -= 20) {
    const encoded = cutText(text, room).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    const tried = sanitizeHtml(`${kept}${opening === '' ? '<p>' : opening}${encoded}`).html
    if (tried.length <= limit) return tried
  }
  return whole.length <= limit ? whole : cutText(plainText(whole), limit)
}
