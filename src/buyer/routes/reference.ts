import { randomBytes } from 'node:crypto'

/** Letters and digits that are not mistaken for one another when read out on the phone (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A reference for one problem page, like `7K2Q-9XWM`: printed on the page, written in the log. */
export function newReference(): string {
  const letters = [...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
