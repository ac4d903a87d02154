/** What applying a set-up changes, as data that may be shown to anybody who may see the tenant. */
import type { TenantId } from '../../kit/ids.ts'

export interface FieldChange {
  /** `policies.onVendorFailure` */
  readonly field: string
  /** Absent where there was nothing, and for what is secret or personal. */
  readonly from?: string
  readonly to?: string
}

export interface Change {
  readonly tenantId: TenantId
  /** `catalogue`: what an offer or a plan is to be at Microsoft. */
  readonly what: 'tenant' | 'credential' | 'product' | 'offer' | 'plan' | 'catalogue'
  /** Archived plans and offers stay known for the subscriptions that are on them. */
  readonly action: 'add' | 'change' | 'archive' | 'remove'
  /** The thing within its tenant: `PRD-…`, `offer`, `offer / plan`, `microsoft primary`. */
  readonly id: string
  readonly fields: readonly FieldChange[]
}

/** Flat facts of a thing: what may be shown, and what is only compared. */
export interface View {
  readonly shown: Readonly<Record<string, string>>
  readonly hidden: Readonly<Record<string, string>>
}

/** Every nested text by its path. */
export function flatten(value: unknown, path = ''): Readonly<Record<string, string>> {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null) return { [path]: String(value) }
  return Object.assign({}, ...Object.entries(value).map(([key, entry]) => flatten(entry, path === '' ? key : `${path}.${key}`)))
}

/** The same text for the same JSON value, whatever the order of its keys (PostgreSQL's `jsonb` keeps none). */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return `{${entries
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
    .sort()
    .join(',')}}`
}

/** What differs, in the order of the fields. `before` is absent when the thing is new. */
export function differences(before: View | undefined, after: View): readonly FieldChange[] {
  const was = before?.shown ?? {}
  const wasHidden = before?.hidden ?? {}
  const shown = keysOf(was, after.shown)
    .filter((field) => was[field] !== after.shown[field])
    .map((field) => ({ field, ...given('from', was[field]), ...given('to', after.shown[field]) }))
  const hidden = keysOf(wasHidden, after.hidden)
    .filter((field) => wasHidden[field] !== after.hidden[field])
    .map((field) => ({ field }))
  return [...shown, ...hidden]
}

const keysOf = (...records: readonly object[]): readonly string[] => [...new Set(records.flatMap((record) => Object.keys(record)))]

const given = <K extends string>(key: K, value: string | undefined) => (value === undefined ? {} : { [key]: value })
