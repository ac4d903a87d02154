/** Private offers as Partner Center shows them. */
import { hasCode } from '../../kit/errors/index.ts'
import type { IngestionResource, MicrosoftIngestion } from '../../microsoft/index.ts'
import { type PrivateOffer, readPrivateOffer } from '../rules/private-offers/private-offer.ts'

export interface ShownOffer {
  readonly offer: PrivateOffer
  /** As it came, to be written back. */
  readonly resource: IngestionResource
}

export async function readAll(ingestion: Pick<MicrosoftIngestion, 'listPrivateOffers'>): Promise<readonly ShownOffer[]> {
  const shown: ShownOffer[] = []
  for await (const page of ingestion.listPrivateOffers()) shown.push(...page.flatMap(toShown))
  return shown
}

/** @returns undefined also while Microsoft does not show it yet, up to 15 minutes after it was made */
export async function readOne(ingestion: MicrosoftIngestion, id: string): Promise<ShownOffer | undefined> {
  try {
    return toShown(await ingestion.getPrivateOffer(id))[0]
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return undefined
    throw error
  }
}

const GUID = /^(?:private-offer\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** By its id, or by its name: two of the same name, made by hand, need the id. */
export async function findShown(ingestion: MicrosoftIngestion, idOrName: string): Promise<ShownOffer | 'several' | undefined> {
  const [, id] = GUID.exec(idOrName) ?? []
  if (id !== undefined) return readOne(ingestion, id)
  const named = (await readAll(ingestion)).filter(({ offer }) => offer.name === idOrName && offer.state !== 'deleted')
  return named.length > 1 ? 'several' : named[0]
}

const toShown = (resource: IngestionResource): readonly ShownOffer[] => {
  const offer = readPrivateOffer(resource)
  return offer ? [{ offer, resource }] : []
}
