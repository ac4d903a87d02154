/** A set-up's outcome in lines for people. */
import type { Change, FieldChange } from './changes.ts'
import { pathText, type SetupFault } from './faults.ts'

const marks: Readonly<Record<Change['action'], string>> = { add: '+', change: '~', archive: '-', remove: '-' }
const verbs: Readonly<Record<Change['action'], string>> = { add: 'added', change: 'changed', archive: 'archived', remove: 'removed' }

/** `~ larkspur: product PRD-… changed`, and below it the fields. */
export const describeChange = (change: Change): readonly string[] => [
  `${marks[change.action]} ${change.tenantId}: ${change.what}${change.what === 'tenant' ? '' : ` ${change.id}`} ${verbs[change.action]}`,
  ...(change.action === 'change' ? change.fields.map((field) => `    ${describeField(field)}`) : []),
  ...(change.action === 'archive' && change.what !== 'product'
    ? [`    subscriptions on it keep it; a new purchase of it waits for an operator`]
    : []),
]

const describeField = ({ field, from, to }: FieldChange): string =>
  from === undefined && to === undefined ? `${field}: changed (not shown)` : `${field}: ${from ?? '(none)'} -> ${to ?? '(none)'}`

/** `tenants[0].name (line 3): is missing: expected text` */
export const describeFault = ({ path, message, line }: SetupFault & { readonly line?: number | undefined }): string =>
  `${pathText(path)}${line === undefined ? '' : ` (line ${line})`}: ${message}`
