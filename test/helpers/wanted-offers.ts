/** Offers a publisher may want, at random but such as the set-up file takes: for properties of the catalogue's rules. */
import fc from 'fast-check'
import type { WantedFile, WantedOffer, WantedPlan } from '../../src/catalogue/rules/resources/wanted.ts'
import { offerId, planId } from '../../src/kit/ids.ts'
import { offerContent } from '../../src/tenants/model/offer-content.ts'
import { billingTerms, planContent } from '../../src/tenants/model/plan-content.ts'

/** Odd on purpose: quotes, other scripts, line ends. */
const text = fc.oneof(
  fc.constantFrom('Notes', 'Ümläut & Söhne', 'a\nb', '日本語', '<p>Hi</p>', "l'été"),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .,-]{0,30}$/),
)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const link = fc.constantFrom('https://www.larkspur.example/', 'https://docs.larkspur.example/guide?x=1')
const guid = fc.uuid()
const languages = fc.constantFrom(['en-us'], ['en-us', 'de-de'])

const contact = fc.record({
  name: text,
  email: maybe(fc.constant('help@larkspur.example')),
  phone: maybe(fc.constant('+31 20 555')),
  url: maybe(link),
})
const listing = (language: string) =>
  fc.record({
    language: fc.constant(language),
    title: text,
    summary: maybe(text),
    description: maybe(text),
    gettingStarted: maybe(text),
    keywords: maybe(fc.uniqueArray(text, { maxLength: 3 })),
    links: maybe(fc.array(fc.record({ text, url: link }), { maxLength: 2 })),
    privacyUrl: maybe(link),
    support: maybe(contact),
    engineering: maybe(contact),
  })

const leads = fc.oneof(
  fc.constant({ destination: 'none' }),
  fc.constant({ destination: 'email', email: { contacts: ['sales@larkspur.example'] } }),
  fc.constant({ destination: 'httpsEndpoint', httpsEndpoint: { url: 'https://bridge.larkspur.example/leads/s3cr3t' } }),
  fc.constant({ destination: 'table', table: { connectionString: 'DefaultEndpoints;Key=s3cr3t' } }),
  fc.constant({ destination: 'marketo', marketo: { munchkinId: '123-ABC-456', formId: '7', clientId: 'c', clientSecret: 's3cr3t' } }),
)

const price = fc.oneof(
  fc.record({ price: fc.constantFrom('0', '7.5', '99', '0.0001') }),
  fc.record({ prices: fc.constant([{ currency: 'EUR', markets: ['de', 'fr'], price: '8.5' }]) }),
)
const DIMENSIONS = ['mails', 'gigabytes', '__proto__x']

const plan = (id: string, model: 'perUser' | 'flatRate', own: readonly string[]) =>
  fc
    .record({
      name: text,
      listings: fc.constant(own).map((all) => all.map((language) => ({ language, name: 'A plan', description: 'What it is for.' }))),
      terms: fc.uniqueArray(
        fc
          .tuple(fc.constantFrom(...billingTerms), fc.constantFrom('upfront', 'monthly', 'yearly'), price)
          .map(([term, payment, priced]) => ({ term, payment, ...priced })),
        { selector: ({ term }) => term, maxLength: 3 },
      ),
      markets: maybe(fc.oneof(fc.constantFrom('all', 'taxRemitted'), fc.constant(['de', 'us']))),
      trial: maybe(fc.constantFrom('none', '1 month')),
      seats: maybe(fc.record({ min: maybe(fc.constant(1)), max: maybe(fc.constant(50)) })),
      audience: maybe(
        fc.oneof(
          fc.constant({ kind: 'public' }),
          fc.record({ kind: fc.constant('private'), tenants: fc.array(fc.record({ id: guid, note: maybe(text) }), { maxLength: 2 }) }),
        ),
      ),
      hidden: maybe(fc.boolean()),
      rank: maybe(fc.nat(5)),
      retired: fc.boolean(),
      meters:
        model === 'perUser'
          ? fc.constant([])
          : fc.subarray(DIMENSIONS).chain((some) =>
              fc.tuple(
                ...some.map((dimension) =>
                  price.chain((priced) =>
                    maybe(fc.constantFrom('unlimited', '0', '500')).map((included) => ({
                      dimension,
                      ...priced,
                      included: included === undefined ? [] : [{ term: '1 month', quantity: included }],
                    })),
                  ),
                ),
              ),
            ),
    })
    .map(({ name, ...content }): WantedPlan => ({ planId: planId.parse(id), name, content: planContent.parse(content) }))

const files = fc.record({
  logo: maybe(file('logo')),
  screenshots: fc.array(fc.record({ source: file('shot'), caption: text, languages: maybe(fc.constant(['en-us'])) }), { maxLength: 2 }),
  documents: fc.array(fc.record({ source: file('paper'), name: text }), { maxLength: 1 }),
})
function file(name: string): fc.Arbitrary<WantedFile> {
  return fc
    .constantFrom('1', '2')
    .map((version) => ({ fileName: `${version}-${name}.png`, url: `https://bridge.larkspur.example/media/${version}` }))
}

export const wantedOffer: fc.Arbitrary<WantedOffer> = fc
  .tuple(fc.constantFrom('perUser', 'flatRate'), languages)
  .chain(([pricingModel, own]) =>
    fc
      .record({
        name: text,
        content: fc
          .record({
            alias: maybe(text),
            categories: maybe(fc.constant({ 'developer-tools-saas': ['devService'] })),
            industries: maybe(fc.constant({ education: ['k12'] })),
            appVersion: maybe(fc.constant('4.2')),
            legal: maybe(
              fc.oneof(
                fc.constant({ terms: 'standardContract' }),
                fc.constant({ terms: 'standardContract', amendment: 'And so on.' }),
                fc.constant({ terms: 'own', text: 'Our terms.' }),
                fc.constant({ terms: 'own', url: 'https://www.larkspur.example/terms' }),
              ),
            ),
            listings: fc.tuple(...own.map(listing)),
            leads: maybe(leads),
            previewAudience: maybe(fc.uniqueArray(fc.constantFrom('a@larkspur.example', 'b@larkspur.example'))),
            resellers: maybe(
              fc.constantFrom(
                { channel: 'none' },
                { channel: 'all' },
                { channel: 'some', partners: ['0b6f6f2a-93b5-4f0c-8f0e-4f7a1c2d3e44'] },
              ),
            ),
            dimensions: fc.constant(
              pricingModel === 'flatRate' ? DIMENSIONS.map((id) => ({ id, name: `Name of ${id}`, unit: 'one' })) : [],
            ),
          })
          .map((content) => offerContent.parse({ pricingModel, ...content })),
        technical: maybe(
          fc.record({
            landingPage: fc.constant('https://bridge.larkspur.example/portal/t/p/start'),
            webhook: fc.constant('https://bridge.larkspur.example/portal/t/p/notification'),
            directoryId: guid,
            clientId: guid,
          }),
        ),
        files: files.map(({ logo, screenshots, documents }) => ({
          logo,
          screenshots: screenshots.map(({ source, ...rest }) => ({ ...source, ...rest })),
          documents: documents.map(({ source, ...rest }) => ({ ...source, ...rest, languages: undefined })),
        })),
        plans: fc.tuple(
          plan('gold', pricingModel === 'perUser' ? 'perUser' : 'flatRate', own),
          plan('silver', pricingModel === 'perUser' ? 'perUser' : 'flatRate', own),
        ),
        newLeadSecret: fc.boolean(),
      })
      .map((rest): WantedOffer => ({ offerId: offerId.parse('larkspur-notes'), ...rest })),
  )
