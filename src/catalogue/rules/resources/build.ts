/** Small makers of claims and desired resources, so that what follows reads as a list. */
import type { Json } from '../../../kit/json.ts'
import type { Claim, ListClaim } from './claim.ts'
import type { DesiredResource, Reference } from './wanted.ts'

type More = Pick<Claim, 'absentMeans' | 'secret' | 'final'>

const pathOf = (path: string | readonly string[]): readonly string[] => (typeof path === 'string' ? [path] : path)

/** None where nothing is wanted: what is left out is not ours. */
export const value = (path: string | readonly string[], field: string, wanted: Json | undefined, more: More = {}): readonly Claim[] =>
  wanted === undefined ? [] : [{ kind: 'value', path: pathOf(path), field, value: wanted, ...more }]

export const word = (path: string | readonly string[], field: string, wanted: string | undefined): readonly Claim[] =>
  wanted === undefined ? [] : [{ kind: 'word', path: pathOf(path), field, value: wanted }]

export const set = (path: string | readonly string[], field: string, wanted: readonly string[] | undefined): readonly Claim[] =>
  wanted === undefined ? [] : [{ kind: 'set', path: pathOf(path), field, value: wanted }]

export const list = (path: string | readonly string[], field: string, wanted: ListClaim | undefined, more: More = {}): readonly Claim[] =>
  wanted === undefined ? [] : [{ kind: 'list', path: pathOf(path), field, list: wanted, ...more }]

export const absent = (path: string | readonly string[], field: string): readonly Claim[] => [{ kind: 'absent', path: pathOf(path), field }]

export const masked = (path: string | readonly string[], field: string, wanted: string | undefined): readonly Claim[] =>
  wanted === undefined ? [] : [{ kind: 'masked', path: pathOf(path), field, value: wanted, secret: true }]

export const along = (path: string | readonly string[], field: string, wanted: Json): readonly Claim[] => [
  { kind: 'along', path: pathOf(path), field, value: wanted },
]

export const toProduct: Reference = { member: 'product', type: 'product', key: '' }

/** One resource of an offer. */
export const ofOffer = (type: string, claims: readonly Claim[], birth: DesiredResource['birth'] = {}): DesiredResource => ({
  type,
  key: '',
  refs: [toProduct],
  birth,
  claims,
  about: '',
  planId: undefined,
})
