/** Which state may follow which: read from Connect's own workflow files, plus the few transitions that later sources show. */

import listingRequests from './workflows/listings-request.json' with { type: 'json' }
import subscriptions from './workflows/subscriptions.json' with { type: 'json' }
import fulfilment from './workflows/subscriptions-fulfillment-request.json' with { type: 'json' }
import tierConfig from './workflows/tier-config.json' with { type: 'json' }
import tierConfigRequest from './workflows/tier-config-request.json' with { type: 'json' }
import usageFiles from './workflows/usage-files.json' with { type: 'json' }
import usageRecords from './workflows/usage-records.json' with { type: 'json' }

export interface Workflow {
  readonly transitions: readonly { readonly from: string; readonly to: string }[]
}

export interface Machine {
  readonly name: string
  allows(from: string, to: string): boolean
  /** All pairs, for tables. */
  readonly pairs: readonly (readonly [from: string, to: string])[]
}

/** "Tiers Setup" is `tiers_setup` on the wire. */
export const stateCode = (name: string): string => name.toLowerCase().replaceAll(' ', '_')

export const pairsOf = (workflow: Workflow): readonly (readonly [string, string])[] =>
  workflow.transitions.map(({ from, to }) => [stateCode(from), stateCode(to)] as const)

function machine(name: string, workflow: Workflow, alsoSeen: readonly (readonly [string, string])[]): Machine {
  const pairs = [...pairsOf(workflow), ...alsoSeen]
  const known = new Set(pairs.map(([from, to]) => `${from}>${to}`))
  return { name, allows: (from, to) => known.has(`${from}>${to}`), pairs }
}

export const requestMachine = machine('request', fulfilment, [
  ['new', 'tiers_setup'], // a request may be created straight into these two, and so may a draft (OpenAPI v37, POST purchase)
  ['new', 'inquiring'],
  ['draft', 'tiers_setup'],
  ['draft', 'inquiring'],
  ['new', 'failed'], // suspend and resume where the product has no hold
  ['tiers_setup', 'inquiring'],
  ['inquiring', 'failed'], // connect-haxe-sdk
])

export const assetMachine = machine('asset', subscriptions, [
  ['terminating', 'active'], // a cancel that failed or was revoked
  ['suspended', 'terminating'], // cancel of a suspended asset: unverified, switched by an option
  ['terminating', 'suspended'],
])

export const listingRequestMachine = machine('listing request', listingRequests, [
  ['reviewing', 'draft'], // OpenAPI v37, POST refine
  ['reviewing', 'canceled'], // the workflow spells it with two l, the wire with one
  ['deploying', 'canceled'],
])

export const tierConfigRequestMachine = machine('tier configuration request', tierConfigRequest, [])
export const tierConfigMachine = machine('tier configuration', tierConfig, [])

export const usageFileMachine = machine('usage file', usageFiles, [
  ['draft', 'deleted'], // OpenAPI v37, POST delete
  ['invalid', 'deleted'],
  ['ready', 'deleted'],
])
export const usageRecordMachine = machine('usage record', usageRecords, [])
