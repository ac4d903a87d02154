/** The vendor's templates, filled in. Values go in as they are: what they contain is the reader's business, as with the real one. */
import type { TemplateDefinition } from '../catalogue/definitions.ts'
import type { AssetRecord, Params, RequestRecord } from '../records.ts'
import { productOf, type State } from '../state.ts'
import { quantityText } from './items.ts'

export function renderTemplate(
  state: State,
  template: TemplateDefinition,
  asset: AssetRecord,
  request?: RequestRecord,
  locale?: string,
): string {
  const body = bodyFor(template, locale)
  const values = valuesOf(state, asset, request?.params ?? asset.params)
  return body.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => values.get(name) ?? '')
}

/** The language's own text where there is one: `de`, `de-AT` and `de_AT` all read German. */
function bodyFor(template: TemplateDefinition, locale: string | undefined): string {
  const language = locale
    ?.split(/[-_,;]/)[0]
    ?.trim()
    .toLowerCase()
  return (language && template.localized?.[language]) || template.body
}

function valuesOf(state: State, asset: AssetRecord, params: Params): ReadonlyMap<string, string> {
  const product = productOf(state, asset)
  const items = product.seed.items
    .filter((item) => (asset.quantities.get(item.id) ?? 0) !== 0)
    .map((item) => `- ${item.name}: ${quantityText(asset.quantities.get(item.id) ?? 0)}`)
  return new Map([
    ['product.name', product.seed.name],
    ['asset.id', asset.id],
    ['asset.external_id', asset.externalId],
    ['tiers.customer.name', state.tierAccounts.get(asset.tiers.customer)?.name ?? ''],
    ['items', items.join('\n')],
    ...[...params].map(([name, entry]) => [`asset.params.${name}`, entry.value] as const),
  ])
}

/** What `GET /assets/{id}/render` shows: the activation text, or before that the text for waiting. */
export function renderAsset(state: State, asset: AssetRecord, locale?: string): string {
  const product = productOf(state, asset)
  const { activation } = asset
  if (activation && 'text' in activation) return activation.text
  const template = activation
    ? product.templates.find((each) => each.id === activation.templateId)
    : product.templates.find((each) => each.type === 'pending')
  return template ? renderTemplate(state, template, asset, undefined, locale) : ''
}
