/** Dynamic validation: the vendor looks at a draft and says which values will not do. */
import type { ParameterDefinition } from '../catalogue/definitions.ts'
import { isAsked } from '../catalogue/definitions.ts'
import { isObject } from '../json.ts'
import type { AssetRecord, ParamEntry, RequestRecord } from '../records.ts'
import { Refusal, wrongState } from '../refusal.ts'
import { assetOf, productOf, requestChanged, type State } from '../state.ts'
import { isEmpty, isRequired, readParams } from './params.ts'

/** Something between us and the vendor broke: the answer is a gateway's page, not JSON. */
export class GatewayFailure extends Error {
  constructor() {
    super('502 Bad Gateway')
    this.name = 'GatewayFailure'
  }
}

/** @throws Refusal or GatewayFailure when validation is set to be broken. */
export async function validateDraft(state: State, request: RequestRecord, given: unknown): Promise<void> {
  if (request.status !== 'draft') throw wrongState('Only draft requests can be validated.')
  const asset = assetOf(state, request)
  const product = productOf(state, asset)
  if (!product.seed.capabilities.cartValidation) throw wrongState('The product does not support validation of drafts.')
  const { validation, slowValidation } = state.options
  if (validation === 'gatewayError') throw new GatewayFailure()
  if (validation === 'refused') throw new Refusal(400, 'VAL_002', ["The vendor's validation endpoint answered 500."])
  if (validation === 'slow') await new Promise<void>((resolve) => state.timers.after(slowValidation, resolve))
  const params = isObject(given) && isObject(given['asset']) ? given['asset']['params'] : undefined
  for (const { definition, entry } of readParams(product, params, 'provider')) request.params.set(definition.name, entry)
  for (const definition of product.parameters) judge(state, asset, request, definition)
  requestChanged(state, request)
}

function judge(state: State, asset: AssetRecord, request: RequestRecord, definition: ParameterDefinition): void {
  if (definition.scope !== 'asset' || definition.phase !== 'ordering' || !isAsked(definition)) return
  const entry = request.params.get(definition.name)
  const error =
    isRequired(definition, request.params) && isEmpty(entry)
      ? 'This field is required.'
      : entry && faultAtVendor(state, asset, definition, entry)
  if (error) request.params.set(definition.name, { value: '', ...entry, valueError: error })
  else if (entry) delete entry.valueError
}

const RESERVED: ReadonlySet<string> = new Set(['www', 'admin', 'api', 'mail', 'root', 'status'])

function faultAtVendor(state: State, asset: AssetRecord, definition: ParameterDefinition, entry: ParamEntry): string | undefined {
  const value = entry.value.trim().toLowerCase()
  if (value === '') return undefined
  const isName = definition.type === 'subdomain' || definition.unique === true
  if (!isName) return undefined
  if (definition.type === 'subdomain' && RESERVED.has(value)) return `"${entry.value}" is reserved. Please choose another one.`
  return value === 'taken' || isUsedElsewhere(state, asset, definition.name, value)
    ? `"${entry.value}" is taken already. Please choose another one.`
    : undefined
}

const isUsedElsewhere = (state: State, asset: AssetRecord, name: string, value: string): boolean =>
  [...state.assets.values()].some(
    (other) =>
      other !== asset &&
      other.productId === asset.productId &&
      other.environment === asset.environment &&
      (other.status === 'active' || other.status === 'suspended') &&
      other.params.get(name)?.value.trim().toLowerCase() === value,
  )
