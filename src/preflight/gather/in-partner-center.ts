/** The offers as the publisher's Partner Center has them, where there is a credential to look with. Reads only. */

import { type OfferId, offerId, type TenantId } from '../../kit/ids.ts'
import { isJsonObject, type Json } from '../../kit/json.ts'
import { type IngestionResource, type IngestionSubmission, kindOf, type MicrosoftIngestion, TARGETS } from '../../microsoft/index.ts'
import { listCredentials } from '../../tenants/index.ts'
import type { Asked } from '../rules/check.ts'
import type { OfferSeen } from '../rules/parity.ts'
import type { OfferInPartnerCenter, TreeSeen } from '../rules/partner-center.ts'
import { ask, type DoctorDeps } from './deps.ts'

const NO_APP = 'There is no app for Partner Center: what the offers say there cannot be read.'
const GIVE_ONE = 'Compare them there by eye, or have the bridge look: `bridge credential set TENANT partnerCenter`.'

export async function inPartnerCenter(
  deps: DoctorDeps,
  tenantId: TenantId,
  offers: readonly OfferSeen[],
): Promise<Asked<readonly OfferInPartnerCenter[]>> {
  if ((await listCredentials(deps.db, tenantId, 'partnerCenter')).length === 0) return { answered: false, because: NO_APP, todo: GIVE_ONE }
  return ask(async () => {
    const ingestion = await deps.clients.ingestionFor(tenantId)
    const seen: OfferInPartnerCenter[] = []
    for (const { id } of offers) seen.push(await offerThere(ingestion, offerId.parse(id)))
    return seen
  })
}

async function offerThere(ingestion: MicrosoftIngestion, id: OfferId): Promise<OfferInPartnerCenter> {
  const product = await ingestion.findProduct(id)
  if (!product) return { id, found: false, trees: [], submission: undefined }
  const trees: TreeSeen[] = []
  for (const state of TARGETS) {
    const tree = await ingestion.readTree(product.productId, state)
    if (tree) trees.push({ state, ...readTree(tree.resources) })
  }
  return { id, found: true, trees, submission: newestOf(await ingestion.listSubmissions(product.productId)) }
}

function readTree(resources: readonly IngestionResource[]): Omit<TreeSeen, 'state'> {
  const of = (type: string) => resources.filter((one) => kindOf(one)?.type === type)
  const [technical] = of('software-as-a-service-technical-configuration')
  const [leads] = of('customer-leads')
  return {
    technical: technical && {
      landingPage: text(technical['landingPageUrl']),
      webhook: text(technical['connectionWebhook']),
      directory: text(technical['azureAdTenantId']),
      app: text(technical['azureAdAppId']),
    },
    plans: of('plan')
      .filter(({ lifecycleState }) => text(lifecycleState) !== 'deprecated')
      .map((plan) => ({ id: externalId(plan), dimensions: dimensionsOf(text(plan['id']), of('price-and-availability-plan')) })),
    leads: leads && (text(leads['leadDestination']) || undefined),
    validations: resources.flatMap(validationsOf),
  }
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const below = (value: Json | undefined, name: string): Json | undefined => (isJsonObject(value) ? value[name] : undefined)

const externalId = (plan: IngestionResource): string => text(below(plan['identity'], 'externalId') ?? below(plan['identity'], 'externalID'))

/** The meters the plan has a price for. */
function dimensionsOf(plan: string, prices: readonly IngestionResource[]): readonly string[] {
  const price = prices.find((one) => one['plan'] === plan)
  const meters = below(below(price?.['pricing'], 'customMeters'), 'meters')
  return isJsonObject(meters) ? Object.keys(meters) : []
}

function validationsOf({ validations }: IngestionResource): readonly string[] {
  if (!Array.isArray(validations)) return []
  return validations.flatMap((one: Json) => text(below(one, 'message')) || [])
}

/** The draft is none. Going live pushes the preview's own on: of the same moment, the one to live is later. */
function newestOf(all: readonly IngestionSubmission[]): OfferInPartnerCenter['submission'] {
  const steps = all.filter(({ target, status }) => target !== 'draft' && status !== undefined)
  const at = ({ createdAt, target }: IngestionSubmission) => (createdAt?.getTime() ?? 0) + (target === 'live' ? 0.5 : 0)
  const newest = [...steps].sort((a, b) => at(a) - at(b)).at(-1)
  if (!newest) return undefined
  const { target, status, result } = newest
  if (status !== 'completed') return { target, state: status === 'Unknown' ? 'unknown' : 'running' }
  return { target, state: result === 'succeeded' || result === 'failed' ? result : 'unknown' }
}
