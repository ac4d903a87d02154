/** The shop's window: every offer with its price. */
import type { VNode } from 'preact'
import type { Instant } from '../../src/kit/time.ts'
import { page, Tag } from '../layout.tsx'
import type { Offer } from '../marketplace/types.ts'
import { publisher } from '../seed.ts'
import { hueOf, initialsOf, type Price, startingPrice } from './words.ts'

export const shopPage = (offers: readonly Offer[], now: Instant): string =>
  page({
    title: 'Sandbox Marketplace',
    section: 'shop',
    now,
    children: (
      <>
        <div class="hero">
          <h1>Buy something. Nothing is real.</h1>
          <p class="lead">
            This shop plays the Microsoft marketplace. Choose an offer, buy it as one of the invented people, and configure the account on
            the publisher’s own pages. Then go to the <a href="/desk">vendor desk</a> and approve it.
          </p>
        </div>
        <section class="stack" aria-labelledby="offers">
          <h2 id="offers">Apps by {publisher.name}</h2>
          <div class="grid">
            {offers.map((offer) => (
              <OfferCard key={offer.offerId} offer={offer} />
            ))}
          </div>
        </section>
      </>
    ),
  })

const OfferCard = ({ offer }: { readonly offer: Offer }): VNode => (
  <article class="card offer">
    <div class="row nowrap">
      <OfferMark offer={offer} />
      <div>
        <h3>{offer.name}</h3>
        <p class="muted small">{publisher.name}</p>
      </div>
    </div>
    <p>{offer.summary}</p>
    <div class="row">
      <Tag plain>{offer.model === 'perUser' ? 'Per seat' : offer.dimensions.length > 0 ? 'Metered' : 'Flat rate'}</Tag>
      {offer.plans.length > 1 && <Tag plain>{offer.plans.length} plans</Tag>}
    </div>
    <div class="spread">
      <PriceTag price={startingPrice(offer)} />
      <a class="button primary" href={`/store/offers/${encodeURIComponent(offer.offerId)}`} aria-label={`Get ${offer.name}`}>
        Get it
      </a>
    </div>
  </article>
)

/** The offer's picture: its initials on a colour of its own. */
export const OfferMark = ({ offer }: { readonly offer: Offer }): VNode => (
  <span class={`mark hue${hueOf(offer)}`} aria-hidden="true">
    {initialsOf(offer)}
  </span>
)

export const PriceTag = ({ price }: { readonly price: Price }): VNode => (
  <span class="price">
    <strong>{price.amount}</strong>
    <span class="muted small">{price.per}</span>
  </span>
)
