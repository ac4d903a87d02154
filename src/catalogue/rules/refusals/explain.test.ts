import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IngestionFinding } from '../../../microsoft/index.ts'
import { value } from '../resources/build.ts'
import type { DesiredResource } from '../resources/wanted.ts'
import { explain } from './explain.ts'

const finding = (message: string, more: Partial<IngestionFinding> = {}): IngestionFinding => ({
  code: 'businessValidationError',
  message,
  resource: undefined,
  within: [{ code: 'badRequest', message: 'Invalid resource' }],
  ...more,
})
const listing: DesiredResource = {
  type: 'listing',
  key: 'en-us',
  refs: [],
  birth: {},
  claims: value('searchResultSummary', 'Search result summary', 'x'),
  about: 'en-us',
  planId: undefined,
}
const sentences = (one: IngestionFinding) => explain([one], [listing]).map(({ sentence }) => sentence)

describe('an objection of Microsoft’s', () => {
  test('names part and field in the publisher’s words, one sentence for each', () => {
    const schema = 'https://schema.mp.microsoft.com/schema/listing/2022-03-01-preview3'
    const message = `Schema validation failed for schema ${schema}: #/searchResultSummary: Value is "null" but should be "string";#/title: Value is not shorter than or equal to 200 characters`
    expect(sentences(finding(message, { resource: 'listing_en-us' }))).toEqual([
      'Offer listing (en-us), Search result summary: it is null where Microsoft wants string.',
      'Offer listing (en-us), title: it is longer than the 200 characters Microsoft takes.',
    ])
  })

  test.each([
    [
      'Included quantity is missing for dimension sms and billing term 1 year.',
      'Offer: dimension sms has no included quantity for 1 year.',
    ],
    ['Free trial is not supported for plans with custom meters.', 'Offer: a plan that meters usage cannot have a free trial.'],
    ['The submission cannot be pushed to as its not the latest', 'Offer: somebody published or changed something in the meantime.'],
    ['An In Progress submission already exists', 'Offer: another publication is on its way.'],
    ['2022-03-01-preview3 is a deprecated schema', 'Offer: Microsoft does not take this version of the resource any more.'],
    ['Nobody has seen this before.', 'Offer: Microsoft says: Nobody has seen this before.'],
    ['', 'Offer: Microsoft says: businessValidationError'],
  ])('%j reads %j', (message, sentence) => {
    expect(sentences(finding(message))).toEqual([sentence])
  })

  test('of the certification asks a person to read the report, and is not tried again', () => {
    const [read] = explain([finding('Issues found during Certification.', { code: 'invalidState', resource: 'submission/p/1' })], [])
    expect(read).toMatchObject({ sentence: 'Publication: the certification found faults.', advice: 'portal' })
  })

  test('is shown safely and at a bearable length, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
        (message, resource) => {
          for (const { sentence, words } of explain([finding(message, { resource })], [listing])) {
            expect(`${sentence}${words}`).not.toMatch(/\p{Cc}/u)
            expect(sentence.length).toBeLessThan(800)
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})
