/** One offer and the order form. */
import type { ComponentChildren, VNode } from 'preact'
import type { Instant } from '../../src/kit/time.ts'
import { Notice, page } from '../layout.tsx'
import { termsOf } from '../marketplace/term.ts'
import { type Offer, type Plan, TERM_UNITS, type TermUnit } from '../marketplace/types.ts'
import { people, publisher } from '../seed.ts'
import { OfferMark, PriceTag } from './shop.tsx'
import { SpecialPurchases } from './special-purchases.tsx'
import { priceOf, seatsAllowed, termWord } from './words.ts'

export interface OfferView {
  readonly offer: Offer
  readonly now: Instant
  /** Why the last order was not taken. */
  readonly problem?: string
  /** What was posted then. */
  readonly given?: Readonly<Record<string, unknown>>
}

export const offerPage = (view: OfferView): string =>
  page({ title: `${view.offer.name} · Sandbox Marketplace`, section: 'shop', now: view.now, children: <OfferAndForm {...view} /> })

const OfferAndForm = ({ offer, problem, given = {} }: OfferView): VNode => (
  <>
    <div class="head">
      <p class="crumb">
        <a href="/">Shop</a>
      </p>
      <div class="row nowrap">
        <OfferMark offer={offer} />
        <div>
          <h1>{offer.name}</h1>
          <p class="muted">by {publisher.name}</p>
        </div>
      </div>
      <p class="lead">{offer.summary}</p>
    </div>
    {problem && (
      <Notice tone="bad">
        <p>{problem}</p>
      </Notice>
    )}
    <form method="post" action={`/store/offers/${encodeURIComponent(offer.offerId)}`} class="two">
      <div class="card">
        <Plans offer={offer} chosen={given['planId']} />
        <Terms offer={offer} chosen={given['termUnit']} />
        {offer.model === 'perUser' && <Seats offer={offer} given={given['quantity']} />}
      </div>
      <div class="card">
        <Buyer given={given} />
        <SpecialPurchases given={given} />
        <hr />
        <button class="button primary wide" type="submit">
          Buy
        </button>
        <p class="muted small">
          The publisher is told when you configure the account. Billing would begin when the publisher activates it.
        </p>
      </div>
    </form>
  </>
)

function Plans({ offer, chosen }: { readonly offer: Offer; readonly chosen: unknown }): VNode {
  const selected = offer.plans.find((plan) => plan.planId === chosen) ?? offer.plans[0]
  return (
    <fieldset class="tight">
      <legend>Plan</legend>
      {offer.plans.map((plan) => (
        <Choice key={plan.planId} name="planId" value={plan.planId} checked={plan === selected}>
          <span>
            <strong>{plan.name}</strong>
            <span class="muted small">{detailOf(plan, offer)}</span>
          </span>
          <PriceTag price={priceOf(plan, offer)} />
        </Choice>
      ))}
    </fieldset>
  )
}

const detailOf = (plan: Plan, offer: Offer): string =>
  offer.model === 'perUser'
    ? seatsAllowed(plan)
    : offer.dimensions.length > 0
      ? `Metered: ${offer.dimensions.map(({ name }) => name.toLowerCase()).join(', ')}`
      : 'One price for everybody'

const Choice = (props: {
  readonly name: string
  readonly value: string
  readonly checked: boolean
  readonly children: ComponentChildren
}): VNode => (
  <label class="choice">
    <input type="radio" name={props.name} value={props.value} checked={props.checked} required />
    {props.children}
  </label>
)

/** The spans any of its plans is sold for, shortest first. */
const unitsOf = ({ plans }: Offer): readonly TermUnit[] =>
  TERM_UNITS.filter((unit) => plans.some((plan) => termsOf(plan).some((term) => term.unit === unit)))

const Terms = ({ offer, chosen }: { readonly offer: Offer; readonly chosen: unknown }): VNode => (
  <fieldset class="tight">
    <legend>Billing term</legend>
    <div class="pair">
      {unitsOf(offer).map((unit, index, all) => (
        <Choice key={unit} name="termUnit" value={unit} checked={all.some((other) => other === chosen) ? unit === chosen : index === 0}>
          <span>{termWord(unit)}</span>
        </Choice>
      ))}
    </div>
  </fieldset>
)

const Seats = ({ offer, given }: { readonly offer: Offer; readonly given: unknown }): VNode => (
  <div>
    <label for="quantity">Seats</label>
    <input
      id="quantity"
      name="quantity"
      type="number"
      inputMode="numeric"
      min={1}
      required
      value={typeof given === 'string' ? given : String(Math.max(10, offer.plans[0]?.minSeats ?? 1))}
    />
  </div>
)

const Buyer = ({ given }: { readonly given: Readonly<Record<string, unknown>> }): VNode => (
  <div>
    <label for="buyer">Who buys</label>
    <select id="buyer" name="buyer">
      {people.map((person) => (
        <option key={person.key} value={person.key} selected={given['buyer'] === person.key}>
          {person.name}, {person.organisation}
        </option>
      ))}
    </select>
  </div>
)
