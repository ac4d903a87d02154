import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetId } from '../../../kit/ids.ts'
import { type Candidate, EVIDENCE, propose } from './match.ts'

const asset = (n: number) => assetId.parse(`AS-${n}`)
const candidates: fc.Arbitrary<readonly Candidate[]> = fc.uniqueArray(
  fc.record({
    assetId: fc.integer({ min: 1, max: 9 }).map(asset),
    evidence: fc.subarray([...EVIDENCE]),
    itemsFit: fc.boolean(),
  }),
  { selector: (one) => one.assetId, maxLength: 6 },
)

describe('a match is proposed', () => {
  test('only with evidence of the customer or the subscription, never for the items alone', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const proposal = propose(given)
        const named = [...(proposal?.best ? [proposal.best] : []), ...(proposal?.others ?? [])]
        for (const match of named) expect(given.find((one) => one.assetId === match.assetId)?.evidence).not.toEqual([])
        expect(new Set(named.map((match) => match.assetId)).size).toBe(named.length)
      }),
    )
  })

  test('the same way whatever the order of the list', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        expect(propose([...given].reverse())).toEqual(propose(given))
      }),
    )
  })

  test('for the strongest evidence, with the reasons in words', () => {
    const proposal = propose([
      { assetId: asset(1), evidence: ['mail'], itemsFit: false },
      { assetId: asset(2), evidence: ['mail', 'name'], itemsFit: true },
    ])
    expect(proposal?.best?.assetId).toBe(asset(2))
    expect(proposal?.best?.because.join(', ')).toBe(
      'its contact has the buyer’s e-mail address, its customer has the name of the subscription, it holds the same items',
    )
    expect(proposal?.others.map((one) => one.assetId)).toEqual([asset(1)])
  })

  test('not when two fit equally well: then both are named, and a person decides', () => {
    const proposal = propose([
      { assetId: asset(1), evidence: ['customerId'], itemsFit: true },
      { assetId: asset(2), evidence: ['mail'], itemsFit: true },
    ])
    expect(proposal?.best).toBeUndefined()
    expect(proposal?.others.map((one) => one.assetId)).toEqual([asset(1), asset(2)])
  })

  test('not for a name alone', () => {
    expect(propose([{ assetId: asset(1), evidence: ['name'], itemsFit: false }])).toBeUndefined()
  })
})
