/** What a collection may be filtered by: the list of properties, each with its kind and how to read it off a record. */
import type { Instant } from '../../../src/kit/time.ts'

export type FieldValue = string | number | boolean | Instant | null | undefined
type FieldKind = 'text' | 'date' | 'number' | 'flag'

export interface Field<T> {
  readonly kind: FieldKind
  /** Several values where the property runs through a list: the filter holds when one of them fits. */
  readonly of: (record: T) => FieldValue | readonly FieldValue[]
  readonly ordered: boolean
}

export type Fields<T> = Readonly<Record<string, Field<T>>>

type Reading<T> = Field<T>['of']
export const text = <T>(of: Reading<T>): Field<T> => ({ kind: 'text', of, ordered: false })
export const date = <T>(of: Reading<T>): Field<T> => ({ kind: 'date', of, ordered: true })
export const number = <T>(of: Reading<T>): Field<T> => ({ kind: 'number', of, ordered: false })
export const flag = <T>(of: Reading<T>): Field<T> => ({ kind: 'flag', of, ordered: false })
/** The same property, and the collection may be ordered by it. */
export const ordered = <T>(field: Field<T>): Field<T> => ({ ...field, ordered: true })
