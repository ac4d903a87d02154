/**
 * A small reader of Connect's query language, written from its grammar (cloudblue/lib-rql, py_rql/grammar.py) and from nothing of ours:
 * it decodes the whole query first, as Connect does, and refuses what the grammar does not have.
 */

export type Term =
  | { readonly kind: 'comparison'; readonly operator: string; readonly property: string; readonly values: readonly string[] }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Term[] }
  | { readonly kind: 'select' | 'ordering'; readonly properties: readonly string[] }
  | { readonly kind: 'pair'; readonly property: string; readonly value: string }

const PROPERTY = /[a-zA-Z][\w\-.]*/y
const VALUE = /"([^"]*)"|'([^']*)'|([\w\-*+\\][\w.\s\-:+@*\\]*)/y
const COMPARISONS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'ilike'])

export function readRql(search: string): readonly Term[] {
  const text = decodeURIComponent(search.replace(/^\?/, ''))
  let at = 0

  const take = (pattern: RegExp): RegExpExecArray => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) throw new Error(`RQL parsing error at ${at}: ${text}`)
    at += match[0].length
    return match
  }
  const skip = (symbol: string): boolean => {
    const there = text.startsWith(symbol, at)
    if (there) at += symbol.length
    return there
  }
  const expect = (symbol: string): void => {
    if (!skip(symbol)) throw new Error(`RQL parsing error at ${at}, expected ${symbol}: ${text}`)
  }
  const value = (): string => {
    const [, double, single, bare] = take(VALUE)
    return double ?? single ?? bare ?? ''
  }
  const separated = <T>(one: () => T): readonly T[] => {
    const all = [one()]
    while (skip(',')) all.push(one())
    return all
  }
  const signed = (): string => take(/[+-]?/y)[0] + take(PROPERTY)[0]

  const term = (): Term => {
    const [word] = take(PROPERTY)
    if (skip('=')) return { kind: 'pair', property: word, value: value() }
    expect('(')
    const read = call(word)
    expect(')')
    return read
  }
  const call = (word: string): Term => {
    if (word === 'and' || word === 'or') return { kind: word, terms: separated(term) }
    if (word === 'select' || word === 'ordering') return { kind: word, properties: separated(signed) }
    const isList = word === 'in' || word === 'out'
    if (!isList && !COMPARISONS.has(word)) throw new Error(`no such operator: ${word}`)
    const [property] = take(PROPERTY)
    expect(',')
    if (!isList) return { kind: 'comparison', operator: word, property, values: [value()] }
    expect('(')
    const values = separated(value)
    expect(')')
    return { kind: 'comparison', operator: word, property, values }
  }

  const terms: Term[] = []
  if (text === '') return terms
  do terms.push(term())
  while (skip('&'))
  if (at < text.length) throw new Error(`RQL parsing error at ${at}: ${text}`)
  return terms
}
