/**
 * Reads a query string in RQL, strictly by the published grammar (`cloudblue/lib-rql`): the whole query is URL-decoded first, then
 * parsed, so that percent-encoding protects nothing; values outside the plain character set must be quoted.
 */

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'like' | 'ilike'
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly prop: string; readonly value: string }
  | { readonly kind: 'list'; readonly op: 'in' | 'out'; readonly prop: string; readonly values: readonly string[] }

export interface Signed {
  readonly sign: '+' | '-'
  readonly name: string
}

export interface Query {
  readonly filter: Filter | undefined
  readonly select: readonly Signed[]
  readonly ordering: readonly Signed[]
  readonly limit: string | undefined
  readonly offset: string | undefined
  readonly search: string | undefined
}

/** The query is no RQL. */
export class RqlError extends Error {
  constructor(expected: string, text: string, position: number) {
    super(`RQL parsing error: expected ${expected} at position ${position + 1} of "${text.slice(0, 200)}".`)
    this.name = 'RqlError'
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'ilike'])
const PROP = /[A-Za-z_][A-Za-z0-9_.-]*/uy
const PLAIN_VALUE = /[\p{L}\p{N}_. \-:+@*\\]+/uy
const PAGE_WORDS: ReadonlySet<string> = new Set(['limit', 'offset', 'search'])

/** Percent-decoding as Connect does it: `+` stays a plus, what is no escape stays as it is. */
export function decodeQuery(raw: string): string {
  return raw.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

interface Parts {
  filters: Filter[]
  select: Signed[]
  ordering: Signed[]
  page: Map<string, string>
}

/** @param raw what follows the `?`, still encoded. @throws RqlError */
export function parseQuery(raw: string): Query {
  const reader = readerOf(decodeQuery(raw))
  const parts: Parts = { filters: [], select: [], ordering: [], page: new Map() }
  while (!reader.done()) {
    if (reader.skip('&')) continue
    readTopTerm(reader, parts)
    if (!reader.done()) reader.expect('&')
  }
  const [first, ...rest] = parts.filters
  return {
    filter: first && (rest.length === 0 ? first : { kind: 'and', of: parts.filters }),
    select: parts.select,
    ordering: parts.ordering,
    limit: parts.page.get('limit'),
    offset: parts.page.get('offset'),
    search: parts.page.get('search'),
  }
}

function readTopTerm(reader: Reader, parts: Parts): void {
  const word = reader.peekWord()
  if (word && reader.follows(word, '(') && (word === 'select' || word === 'ordering')) {
    reader.match(PROP, 'a name')
    parts[word].push(...readSigned(reader))
    return
  }
  if (word && PAGE_WORDS.has(word) && reader.follows(word, '=')) {
    reader.match(PROP, 'a name')
    reader.expect('=')
    parts.page.set(word, readValue(reader))
    return
  }
  parts.filters.push(readTerm(reader))
}

function readTerm(reader: Reader): Filter {
  if (reader.skip('(')) return readGroup(reader)
  const word = reader.match(PROP, 'a property or an operator')
  if (reader.skip('(')) return readCall(reader, word)
  reader.expect('=')
  const operator = reader.peekWord()
  if (operator && COMPARISONS.has(operator) && reader.follows(operator, '=')) {
    reader.match(PROP, 'an operator')
    reader.expect('=')
    return { kind: 'compare', op: operator as Comparison, prop: word, value: readValue(reader) }
  }
  return { kind: 'compare', op: 'eq', prop: word, value: readValue(reader) }
}

/** `(a&b)`, `(a|b)`; the opening parenthesis is read already. `&` binds tighter than `|`. */
function readGroup(reader: Reader): Filter {
  const alternatives: Filter[] = []
  do {
    const together = [readTerm(reader)]
    while (reader.skip('&')) together.push(readTerm(reader))
    alternatives.push(joined('and', together))
  } while (reader.skip('|') || reader.skip(';'))
  reader.expect(')')
  return joined('or', alternatives)
}

const joined = (kind: 'and' | 'or', of: readonly Filter[]): Filter => (of.length === 1 && of[0] ? of[0] : { kind, of })

function readCall(reader: Reader, name: string): Filter {
  if (name === 'and' || name === 'or') {
    const of = [readTerm(reader)]
    while (reader.skip(',')) of.push(readTerm(reader))
    reader.expect(')')
    return joined(name, of)
  }
  if (name === 'not') {
    const of = readTerm(reader)
    reader.expect(')')
    return { kind: 'not', of }
  }
  if (name === 'in' || name === 'out') return readListCall(reader, name)
  if (!COMPARISONS.has(name)) throw reader.error('a known operator')
  const prop = reader.match(PROP, 'a property')
  reader.expect(',')
  const value = readValue(reader)
  reader.expect(')')
  return { kind: 'compare', op: name as Comparison, prop, value }
}

function readListCall(reader: Reader, op: 'in' | 'out'): Filter {
  const prop = reader.match(PROP, 'a property')
  reader.expect(',')
  reader.expect('(')
  const values = [readValue(reader)]
  while (reader.skip(',')) values.push(readValue(reader))
  reader.expect(')')
  reader.expect(')')
  return { kind: 'list', op, prop, values }
}

function readSigned(reader: Reader): Signed[] {
  reader.expect('(')
  const names: Signed[] = []
  if (reader.skip(')')) return names
  do {
    const sign = reader.skip('-') ? '-' : '+'
    reader.skip('+')
    names.push({ sign, name: reader.match(PROP, 'a property') })
  } while (reader.skip(','))
  reader.expect(')')
  return names
}

function readValue(reader: Reader): string {
  for (const quote of ['"', "'"]) if (reader.skip(quote)) return reader.until(quote)
  return reader.match(PLAIN_VALUE, 'a value (letters, digits and _ . - : + @ * \\ or blank; quote anything else)')
}

interface Reader {
  done(): boolean
  skip(character: string): boolean
  expect(character: string): void
  match(pattern: RegExp, expected: string): string
  until(quote: string): string
  peekWord(): string | undefined
  /** Whether `character` stands right after `word` at the present position. */
  follows(word: string, character: string): boolean
  error(expected: string): RqlError
}

function readerOf(text: string): Reader {
  let position = 0
  const error = (expected: string): RqlError => new RqlError(expected, text, position)
  const peek = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position
    return pattern.exec(text)?.[0]
  }
  const skip = (character: string): boolean => {
    if (!text.startsWith(character, position)) return false
    position += character.length
    return true
  }
  return {
    done: () => position >= text.length,
    skip,
    expect(character) {
      if (!skip(character)) throw error(`"${character}"`)
    },
    match(pattern, expected) {
      const found = peek(pattern)
      if (found === undefined) throw error(expected)
      position += found.length
      return found
    },
    until(quote) {
      const end = text.indexOf(quote, position)
      if (end < 0) throw error(`a closing ${quote}`)
      const value = text.slice(position, end)
      position = end + 1
      return value
    },
    peekWord: () => peek(PROP),
    follows: (word, character) => text.startsWith(character, position + word.length),
    error,
  }
}
