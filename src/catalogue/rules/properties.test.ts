import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutHtml, cutText } from './cut.ts'
import { item, product } from './facts.fixture.ts'
import { type ItemFacts, isSellable } from './facts.ts'
import { foreignTags, sanitizeHtml } from './html.ts'
import { EXTERNAL_ID } from './limits.ts'
import { offersFor } from './offers-for.ts'
import { defaultSettings } from './settings.ts'

/** Few names on purpose: names that give the same id are the interesting case. */
const name = fc.oneof(
  fc.constantFrom('Team', 'team', 'TEAM!', 'Team (yearly)', '日本', '', 'x-preview'),
  fc.string({ maxLength: 80, unit: 'binary' }),
)
const items: fc.Arbitrary<readonly ItemFacts[]> = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 12 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc
        .record({
          type: fc.constantFrom('Reservation' as const, 'PPU' as const, 'unknown' as const),
          name,
          status: fc.constantFrom('published' as const, 'published' as const, 'draft' as const, 'endofsale' as const),
          period: fc.constantFrom('Monthly', 'Yearly', 'years_3', 'years_6', 'OneTime', 'days_7_trial', 'unknown'),
          dynamic: fc.constantFrom(false, false, true),
          precision: fc.constantFrom('Integer', 'Decimal(4)'),
        })
        .map(({ type, ...wish }) => item(number, type, wish)),
    ),
  ),
)

test('ids are valid, different from each other, and the same for the same product in any order', () => {
  fc.assert(
    fc.property(items, name, (all, title) => {
      const { offers } = offersFor(product(all, title))
      for (const { id, plans, content } of offers) {
        expect(id).toMatch(EXTERNAL_ID)
        expect(id.endsWith('-preview')).toBe(false)
        for (const plan of plans) expect(plan.id).toMatch(EXTERNAL_ID)
        expect(new Set(plans.map((plan) => plan.id)).size).toBe(plans.length)
        expect(new Set(content.dimensions.map((one) => one.id)).size).toBe(content.dimensions.length)
      }
      expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length)
      expect(offersFor(product(all.toReversed(), title))).toEqual(offersFor(product(all, title)))
    }),
  )
})

test('every item that can be sold is in exactly one plan, or a problem names it', () => {
  fc.assert(
    fc.property(items, fc.boolean(), (all, mergePeriods) => {
      const { offers, problems } = offersFor(product(all), { ...defaultSettings, mergePeriods })
      const sold = offers.flatMap(({ plans }) => plans.flatMap((plan) => plan.items.map(({ id }) => id)))
      expect(new Set(sold).size).toBe(sold.length)
      for (const one of all) {
        const told = problems.some(({ subject, facts }) => subject === `item ${one.id}` || facts['items']?.includes(one.id))
        if (!sold.includes(one.id)) expect(told).toBe(true)
        if (sold.includes(one.id)) expect(isSellable(one)).toBe(true)
      }
    }),
  )
})

test('what was stored is never derived again: proposing on top of a proposal keeps every id, whatever the items are called by then', () => {
  fc.assert(
    fc.property(items, fc.array(name, { minLength: 12, maxLength: 12 }), (all, renamed) => {
      const first = offersFor(product(all))
      const known = first.offers.map((offer) => ({ ...offer, made: true, plans: offer.plans.map((plan) => ({ ...plan, made: true })) }))
      const later = all.map((one, index) => ({ ...one, name: renamed[index] ?? 'x' }))
      const second = offersFor(product(later, 'Another name'), { ...defaultSettings, known })
      const ids = (offers: typeof known) =>
        offers.map(({ id, plans, content }) => [id, plans.map((plan) => plan.id), content.dimensions.map((one) => one.id)])
      expect(ids(second.offers.map((offer) => ({ ...offer, made: true, plans: [...offer.plans] })))).toEqual(ids(known))
    }),
  )
})

const html = fc.array(
  fc.oneof(
    fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<ul>',
      '</ul>',
      '<li>',
      '</li>',
      '<br/>',
      '<h2>',
      '</h2>',
      '<a href="javascript:x">',
      '</a>',
    ),
    fc.constantFrom(
      '<script>',
      '</script>',
      '<img src=x onerror=y>',
      '&lt;b&gt;',
      '&#60;i&#62;',
      '<!-- x',
      '<',
      '&',
      '<p class="a">',
      '</x',
    ),
    fc.string({ maxLength: 12 }),
  ),
  { maxLength: 40 },
)

test('whatever HTML comes in, only what Microsoft shows goes out, well-formed, and sanitizing again changes nothing', () => {
  fc.assert(
    fc.property(html, (parts) => {
      const once = sanitizeHtml(parts.join('')).html
      expect(foreignTags(once)).toEqual([])
      expect(sanitizeHtml(once)).toEqual({ html: once, simplified: [] })
    }),
  )
})

test('a cut text fits, and is the beginning of what was there', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), fc.integer({ min: 30, max: 200 }), (text, limit) => {
      const cut = cutText(text, limit)
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true)
    }),
  )
  fc.assert(
    fc.property(html, fc.integer({ min: 60, max: 300 }), (parts, limit) => {
      const cut = cutHtml(sanitizeHtml(parts.join('')).html, limit)
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(foreignTags(cut)).toEqual([])
    }),
  )
})
