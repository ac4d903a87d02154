import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeOfRequests } from '../../../../test/contract/microsoft/ingestion-schemas.ts'
import { carriedOut } from '../../../../test/helpers/drafted-offer.ts'
import { wantedOffer } from '../../../../test/helpers/wanted-offers.ts'
import type { JsonObject } from '../../../kit/json.ts'
import { defaultIngestionVersions, type IngestionResource, kindOf, schemaOf } from '../../../microsoft/index.ts'
import { differencesOf } from '../diff/differences.ts'
import { foreignEdits } from '../diff/foreign-edits.ts'
import { desiredResources } from './desired.ts'
import { type OfferTree, offerTree } from './tree.ts'
import type { WantedOffer } from './wanted.ts'
import { writingOf } from './write.ts'

const RUNS = { numRuns: 60 }
const write = (wanted: WantedOffer, draft: OfferTree | undefined, live?: OfferTree) =>
  writingOf(desiredResources(wanted, live), draft, defaultIngestionVersions)

/** Applies until nothing is left to send; more than twice would be going in circles. */
function applied(wanted: WantedOffer, start?: readonly IngestionResource[], live?: OfferTree) {
  let draft = start
  const sent: IngestionResource[][] = []
  for (let round = 0; round < 3; round++) {
    const { resources } = write(wanted, draft && offerTree(draft), live)
    if (resources.length === 0) break
    sent.push([...resources])
    draft = carriedOut(draft ?? [], resources)
  }
  return { draft: draft ?? [], sent }
}

/** What Microsoft adds and nobody here knows. */
const withStrangers = (draft: readonly IngestionResource[]): readonly IngestionResource[] => [
  ...draft.map((one) =>
    ['plan', 'product', 'price-and-availability-plan', 'customer-leads'].includes(kindOf(one)?.type ?? '')
      ? { ...one, unheardOf: { deep: [1, null] } }
      : one,
  ),
  { $schema: schemaOf({ type: 'microsoft365-integration', version: '2022-03-01-preview2' }), id: 'microsoft365-integration/x', odd: true },
]

describe('applying', () => {
  test('makes the next plan empty, for any offer: once for a new product, once for the rest', () => {
    fc.assert(
      fc.property(wantedOffer, (wanted) => {
        const { draft, sent } = applied(wanted)
        expect(sent.length).toBeLessThanOrEqual(2)
        expect(write(wanted, offerTree(draft)).resources).toEqual([])
        const open = differencesOf(wanted, offerTree(draft), undefined).filter(({ by }) => by === 'api')
        const gaps = write(wanted, offerTree(draft)).gaps
        expect(open.length === 0 || gaps.length > 0).toBe(true)
      }),
      RUNS,
    )
  })

  test('from one offer to any other makes the next plan empty too', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const before = withStrangers(applied(first).draft)
        const { draft, sent } = applied(second, before)
        expect(sent.length).toBeLessThanOrEqual(1)
        expect(write(second, offerTree(draft)).resources).toEqual([])
      }),
      RUNS,
    )
  })

  test('over a published offer leaves nothing that would be sent again and again', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const live = applied(first).draft
        const { draft } = applied(second, live, offerTree(live))
        expect(write(second, offerTree(draft), offerTree(live)).resources).toEqual([])
      }),
      RUNS,
    )
  })

  test('changes nothing but our own members: what we do not know comes back as it was', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const before = withStrangers(applied(first).draft)
        const { draft } = applied(second, before)
        for (const was of before) {
          const now = draft.find((one) => one['id'] === was['id'])
          expect(now?.['unheardOf']).toEqual(was['unheardOf'])
          expect(now?.$schema).toBe(was.$schema)
          if (kindOf(was)?.type === 'microsoft365-integration') expect(now).toEqual(was)
        }
      }),
      RUNS,
    )
  })

  test('keeps published prices as they are and adds new terms only', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const live = applied(first).draft
        const { draft } = applied(second, live, offerTree(live))
        for (const plan of ['gold', 'silver']) {
          const sold = termsOf(offerTree(live).find('price-and-availability-plan', plan))
          const now = termsOf(offerTree(draft).find('price-and-availability-plan', plan))
          for (const term of sold) expect(now).toContainEqual(term)
        }
      }),
      RUNS,
    )
  })

  test('is no edit of a colleague; an edit of a colleague is told, whatever it is', () => {
    fc.assert(
      fc.property(wantedOffer, wantedOffer, (first, second) => {
        const published = offerTree(withStrangers(applied(first).draft))
        const draft = applied(second, published.resources, published).draft
        const desired = desiredResources(second, published)
        expect(foreignEdits({ draft: offerTree(draft), published, desired, written: undefined })).toEqual([])
        const edited = draft.map((one) => (kindOf(one)?.type === 'product' ? { ...one, somebodys: 'edit' } : one))
        expect(foreignEdits({ draft: offerTree(edited), published, desired, written: undefined })).toEqual([
          { where: 'product', path: ['somebodys'], before: undefined, after: 'edit' },
        ])
      }),
      RUNS,
    )
  })
})

const termsOf = (resource: JsonObject | undefined): readonly unknown[] => {
  const prices = JSON.parse(JSON.stringify(resource ?? {})).pricing?.recurrentPrice?.prices
  return Array.isArray(prices) ? prices : []
}

test('every request is what the published schemas describe, for any offer and any change of one', () => {
  const judge = judgeOfRequests()
  const $schema = schemaOf({ type: 'configure', version: defaultIngestionVersions.configure })
  fc.assert(
    fc.property(wantedOffer, wantedOffer, (first, second) => {
      const made = applied(first)
      const changed = applied(second, made.draft, offerTree(made.draft))
      for (const resources of [...made.sent, ...changed.sent]) {
        expect(judge({ $schema, resources })).toEqual([])
        expect(resources.every((one) => /^[a-zA-Z0-9_-]{1,50}$/.test(String(one['resourceName'])))).toBe(true)
      }
    }),
    RUNS,
  )
})
