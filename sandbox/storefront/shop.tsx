/** The shop's window: every offer with its price. */
import type { VNode } from 'preact'
import type { Instant } from '../../src/kit/time.ts'
import { page, Tag } from '../layout.tsx'
import type { Offer } from '../marketplace/types.ts'
import { type Person, publisher } from '../seed.ts'
import type { Shown } from './audience.ts'
import { WhoAreYou } from './who.tsx'
import { hueOf, initialsOf, type Price, startingPrice } from './words.ts'

export const shopPage = (shown: readonly Shown[], person: Person | undefined, now: Instant): string =>
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
        <WhoAreYou person={person} />
        <section class="stack" aria-labelledby="offers">
          <h2 id="offers">Apps by {publisher.name}</h2>
          <div class="grid">
            {shown.map(({ offer, preview }) => (
              <OfferCard key={`${offer.offerId} ${preview}`} offer={offer} preview={preview} />
            ))}
          </div>
        </section>
      </>
    ),
  })

const OfferCard = ({ offer, preview }: Shown): VNode => (
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
      {preview && <Tag tone="warn">Preview</Tag>}
      {offer.plans.some(({ privateFor }) => privateFor) && <Tag tone="info">For you</Tag>}
      <Tag plain>{offer.model === 'perUser' ? 'Per seat' : offer.dimensions.length > 0 ? 'Metered' : 'Flat rate'}</Tag>
      {offer.plans.length > 1 && <Tag plain>{offer.plans.length} plans</Tag>}
    </div>
    <div class="spread">
      <PriceTag price={startingPrice(offer)} />
      <a
        class="button primary"
        href={`/store/offers/${encodeURIComponent(offer.offerId)}${preview ? '?preview=yes' : ''}`}
        aria-label={`Get ${offer.name}${preview ? ', preview' : ''}`}
      >
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
