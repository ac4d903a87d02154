/** What cannot be changed any more once buyers have seen it. */
import type { Tree } from '../types.ts'
import { allOf, metersView, type PriceItem, type PriceResource, priceView, sameSpan, setupView, termText } from '../views.ts'
import type { Finding, Judged } from './finding.ts'

export function publishedFindings({ draft, product }: Judged): readonly Finding[] {
  const live = product?.live
  if (!live) return []
  return [...setup(draft, live), ...prices(draft, live), ...dimensions(draft, live), ...gonePlans(draft, live)]
}

const setup = (draft: Tree, live: Tree): readonly Finding[] =>
  allOf(draft, 'commercial-marketplace-setup', setupView).flatMap(({ id, value }) => {
    const before = live.get(id)
    const sold = before !== undefined && setupView.parse(before.body).sellThroughMicrosoft
    return sold && !value.sellThroughMicrosoft
      ? [{ id, message: 'An offer that is sold through Microsoft cannot go back to a listing only.' }]
      : []
  })

const prices = (draft: Tree, live: Tree): readonly Finding[] =>
  allOf(draft, 'price-and-availability-plan', priceView).flatMap(({ id, value }) => {
    const before = live.get(id)
    return before ? priceChanges(priceView.parse(before.body), value).map((message) => ({ id, message })) : []
  })

function priceChanges(before: PriceResource, after: PriceResource): readonly string[] {
  const [old, now] = [before.pricing?.recurrentPrice, after.pricing?.recurrentPrice]
  const found = (old?.prices ?? []).map(
    (item) => [item, now?.prices.find(({ billingTerm }) => sameSpan(billingTerm, item.billingTerm))] as const,
  )
  return [
    ...(old && old.recurrentPriceMode !== (now?.recurrentPriceMode ?? old.recurrentPriceMode)
      ? ['The pricing model of a published plan cannot be changed.']
      : []),
    ...found.flatMap(([item, same]) =>
      same ? termChange(item, same) : [`The published billing term ${termText(item.billingTerm)} cannot be removed.`],
    ),
    ...meterChanges(before, after),
    ...(before.trial && !after.trial ? ['The free trial of a published plan cannot be removed.'] : []),
    ...(before.audience === 'public' && after.audience === 'private'
      ? ['A public plan that has been published cannot be made private.']
      : []),
  ]
}

function termChange(before: PriceItem, after: PriceItem): readonly string[] {
  if (before.paymentOption && after.paymentOption && !sameSpan(before.paymentOption, after.paymentOption))
    return [`The payment option of the published billing term ${termText(before.billingTerm)} cannot be changed.`]
  const same = JSON.stringify([before.pricePerPaymentInUsd, before.prices]) === JSON.stringify([after.pricePerPaymentInUsd, after.prices])
  return same ? [] : [`The price of a published plan cannot be changed through the API: billing term ${termText(before.billingTerm)}.`]
}

function meterChanges(before: PriceResource, after: PriceResource): readonly string[] {
  const now = after.pricing?.customMeters?.meters ?? {}
  return Object.entries(before.pricing?.customMeters?.meters ?? {}).flatMap(([dimension, { pricePerPaymentInUsd }]) =>
    dimension in now && now[dimension]?.pricePerPaymentInUsd !== pricePerPaymentInUsd
      ? [`The price of a published plan cannot be changed through the API: dimension ${dimension}.`]
      : [],
  )
}

const dimensions = (draft: Tree, live: Tree): readonly Finding[] =>
  allOf(live, 'price-and-availability-custom-meter', metersView).flatMap(({ id, value }) => {
    const now = allOf(draft, 'price-and-availability-custom-meter', metersView).find((each) => each.id === id)?.value.customMeters ?? {}
    return Object.keys(value.customMeters)
      .filter((name) => !(name in now))
      .map((name) => ({ id, message: `The published dimension ${name} cannot be removed.` }))
  })

const gonePlans = (draft: Tree, live: Tree): readonly Finding[] =>
  [...live.values()]
    .filter(({ type, id }) => type === 'plan' && !draft.has(id))
    .map(({ id }) => ({ id, message: 'A published plan cannot be removed.', code: 'invalidState' }))
