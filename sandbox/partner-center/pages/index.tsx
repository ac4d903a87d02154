/** Partner Center to look at: every offer with its three states, and the reviewers' decision about what runs. Mounted at `/partner-center`. */
import formBody from '@fastify/formbody'
import type { FastifyPluginAsync } from 'fastify'
import type { VNode } from 'preact'
import { z } from 'zod'
import type { Clock, Instant } from '../../../src/kit/time.ts'
import { PostButton, page, sendPage, Tag, type Tone } from '../../layout.tsx'
import type { PartnerCenterWorld } from '../index.ts'
import { type Overview, overviewOf } from '../overview.ts'
import type { PrivateOffer } from '../private-offers/types.ts'
import { offerView } from '../private-offers/view.ts'

export interface PageDeps {
  readonly world: PartnerCenterWorld
  readonly clock: Clock
  /** Resolves when nothing that fell due is left undone. */
  readonly settled: () => Promise<void>
}

const verdict = z.object({ passed: z.enum(['yes', 'no']) })

export const partnerCenterPages =
  ({ world, clock, settled }: PageDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(formBody)
    app.get('/', async (_request, reply) => sendPage(reply, offersPage(world, clock.now())))
    app.post<{ Params: { offerId: string } }>('/offers/:offerId/decision', async ({ params, body }, reply) => {
      world.decide(params.offerId, verdict.parse(body).passed === 'yes')
      await settled()
      return reply.redirect('/partner-center', 303)
    })
    app.post<{ Params: { guid: string } }>('/private-offers/:guid/accept', async ({ params }, reply) => {
      world.accept(params.guid)
      return reply.redirect('/partner-center', 303)
    })
  }

const offersPage = (world: PartnerCenterWorld, now: Instant): string =>
  page({
    title: 'Partner Center · Sandbox',
    section: 'partner',
    now,
    live: true,
    children: (
      <>
        <div class="head">
          <h1>Partner Center</h1>
          <p class="lead">Offers as they are written, shown to the preview audience, and sold. Decide what Microsoft’s reviewers say.</p>
        </div>
        <div class="grid">
          {world.products().map((product) => (
            <OfferCard key={product.guid} offer={overviewOf(product)} />
          ))}
        </div>
        {world.privateOffers().length > 0 && <PrivateOffers all={world.privateOffers()} />}
      </>
    ),
  })

const STATUS: Readonly<Record<Overview['status'], { readonly tone: Tone; readonly text: string }>> = {
  draft: { tone: 'neutral', text: 'Draft' },
  publishing: { tone: 'info', text: 'Publish in progress' },
  attention: { tone: 'bad', text: 'Attention needed' },
  preview: { tone: 'warn', text: 'Preview' },
  live: { tone: 'good', text: 'Live' },
}

const OfferCard = ({ offer }: { readonly offer: Overview }): VNode => (
  <section class="card" aria-labelledby={offer.offerId}>
    <div class="tight">
      <h2 id={offer.offerId}>{offer.name}</h2>
      <p class="mono muted small">{offer.offerId}</p>
    </div>
    <p class="row">
      <Tag tone={STATUS[offer.status].tone}>{STATUS[offer.status].text}</Tag>
      {offer.isInPreview && <Tag plain>preview</Tag>}
      {offer.isLive && <Tag plain>live</Tag>}
      {offer.locked && <Tag tone="warn">locked</Tag>}
    </p>
    <p class="muted">{offer.plans.length === 0 ? 'No plan yet' : `Plans: ${offer.plans.join(', ')}`}</p>
    <p class="muted small">{draftText(offer)}</p>
    {offer.running && <Decision offer={offer} />}
  </section>
)

const draftText = ({ unpublished, isLive, missing }: Overview): string =>
  missing.length > 0
    ? `To be published it still lacks: ${missing.slice(0, 3).join(' ')}${missing.length > 3 ? ` And ${missing.length - 3} more.` : ''}`
    : unpublished.length === 0
      ? 'The draft is what is live.'
      : isLive
        ? `The draft differs from what is live in ${unpublished.length} ${unpublished.length === 1 ? 'place' : 'places'}.`
        : 'The draft is complete and was never live.'

const Decision = ({ offer }: { readonly offer: Overview }): VNode => (
  <div class="row">
    <p class="small">
      To {offer.running?.target}: {offer.running?.status === 'running' ? 'in certification' : 'not started'}
    </p>
    <PostButton action={`/partner-center/offers/${offer.offerId}/decision`} kind="small" fields={{ passed: 'yes' }}>
      Pass<span class="says"> {offer.name}</span>
    </PostButton>
    <PostButton action={`/partner-center/offers/${offer.offerId}/decision`} kind="danger small" fields={{ passed: 'no' }}>
      Fail<span class="says"> {offer.name}</span>
    </PostButton>
  </div>
)

const PrivateOffers = ({ all }: { readonly all: readonly PrivateOffer[] }): VNode => (
  <section class="stack" aria-labelledby="private">
    <h2 id="private">Private offers</h2>
    <div class="grid">
      {all.map(({ guid, body, state, accepted }) => (
        <article class="card" key={guid}>
          <h3>{offerView.parse(body).name}</h3>
          <p class="row">
            <Tag tone={accepted ? 'good' : state === 'live' ? 'info' : 'neutral'}>{accepted ? 'accepted' : state}</Tag>
          </p>
          {state === 'live' && !accepted && (
            <PostButton action={`/partner-center/private-offers/${guid}/accept`} kind="small">
              Accept as the customer
            </PostButton>
          )}
        </article>
      ))}
    </div>
  </section>
)
