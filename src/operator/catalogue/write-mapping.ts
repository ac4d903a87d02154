/** Writing the plan map to Connect: told before, only what differs, safe to repeat. */
import { type MappingPlan, planMapping } from '../../catalogue/index.ts'
import type { ConnectClient } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import type { Product } from '../../tenants/index.ts'
import { type NotPossible, notPossible, type OperatorAction, refusedAs } from '../actions/action.ts'

export interface WriteMappingDeps {
  readonly db: Db
  readonly connect: Pick<ConnectClient, 'parameters' | 'configurations'>
}

export function writeMapping({ db, connect }: WriteMappingDeps, product: Product): OperatorAction {
  return {
    async preview(signal) {
      const plan = await planMapping(db, connect, product, signal)
      if (!plan.possible) return refusal(plan)
      const effect = plan.changes.map(
        ({ parameter, itemId, before, value }) => `${itemId}, ${parameter}: ${before || 'nothing'} → ${value}`,
      )
      return { possible: true, effect: effect.length === 0 ? ['Connect has it all already: nothing is written.'] : effect }
    },
    async carryOut(signal) {
      const plan = await planMapping(db, connect, product, signal)
      if (!plan.possible) return refusedAs(refusal(plan))
      try {
        for (const change of plan.changes) await connect.configurations.set(product.id, product.marketplaceId, change, signal)
      } catch (error) {
        if (!hasCode(error, 'ERR_CONNECT_FORBIDDEN')) throw error
        return refusedAs(refusal({ possible: false, why: 'forbidden', names: [] }))
      }
      return { outcome: 'done', said: [`${plan.changes.length} values were written, ${plan.standing} stood already.`] }
    },
  }
}

type Refused = Extract<MappingPlan, { possible: false }>

function refusal({ why, names }: Refused): NotPossible {
  const list = names.join(', ')
  switch (why) {
    case 'notConfigured':
      return notPossible('NOT_CONFIGURED', 'No parameter is named for it.', [
        'Set policies.mappingParameters of the product in the set-up file.',
      ])
    case 'noParameter':
      return notPossible('PARAMETER_NOT_SHOWN', `Connect shows no such parameter of items in a marketplace: ${list}.`, [
        'The vendor adds it: scope item and marketplace, phase configuration, shared for editing.',
      ])
    case 'notShared':
      return notPossible('PARAMETER_READ_ONLY', `Shared for reading only: ${list}.`, ['The vendor shares it for editing (`shared: edit`).'])
    case 'tooLong':
      return notPossible('VALUE_TOO_LONG', `Sold by more plans than a value has room for: ${list}.`)
    case 'forbidden':
      return notPossible('FORBIDDEN', 'Connect refuses it to this token: it needs the right to manage products.', [
        'Give the token of the tenant that right in Connect, or share the parameter for editing.',
      ])
  }
}
