/** What a change will mean, and the one button that makes it. */
import type { VNode } from 'preact'
import type { ReviewView } from '../../rules/manage.ts'
import { PurchaseCard } from '../parts/purchase-card.tsx'
import type { Setting } from '../setting.ts'
import { Hero } from '../stages/hero.tsx'

interface Props {
  readonly view: ReviewView
  readonly path: string
  readonly setting: Setting
}

interface Words {
  readonly title: string
  readonly button: string
  readonly effect: readonly string[]
  /** What to do before. */
  readonly first: string | undefined
  /** What is now, and what will be. */
  readonly move: { readonly from: string; readonly to: string } | undefined
}

export function reviewWords({ wanted, from, names }: ReviewView, { texts, product }: Setting): Words {
  const { confirm } = texts.manage
  const { seatCount } = texts.purchase
  switch (wanted.kind) {
    case 'changeSeats': {
      const { title, button, effect, fewer } = confirm.seats
      const [had, to] = [from.seats ?? 0, wanted.seats]
      const move = { from: seatCount(had), to: seatCount(to) }
      return {
        title: title(to),
        button: button(to),
        effect: effect(had, to, product.publisherName),
        first: to < had ? fewer : undefined,
        move,
      }
    }
    case 'changePlan': {
      const { title, button, effect } = confirm.plan
      return {
        title: title(names.to),
        button: button(names.to),
        effect: effect(names.from, names.to, product.publisherName),
        first: undefined,
        move: names,
      }
    }
    case 'cancel': {
      const { title, button, effect, first } = confirm.cancel
      return { title, button, effect: effect(product.publisherName), first, move: undefined }
    }
  }
}

export const Review = ({ view, path, setting }: Props): VNode => {
  const { confirm } = setting.texts.manage
  const words = reviewWords(view, setting)
  const isEnd = view.wanted.kind === 'cancel'
  return (
    <div class="stack">
      <Hero head={{ tone: isEnd ? 'warn' : 'info', icon: isEnd ? 'warning' : 'question', title: words.title, lead: confirm.lead }}>
        {words.move && (
          <dl class="next fromto">
            <div>
              <dt>{confirm.now}</dt>
              <dd>{words.move.from}</dd>
            </div>
            <div>
              <dt>{confirm.after}</dt>
              <dd>{words.move.to}</dd>
            </div>
          </dl>
        )}
      </Hero>
      <div class="columns">
        <div class="stack">
          <section class="card" aria-labelledby="effect">
            <h2 id="effect">{confirm.heading}</h2>
            <ol class="effect">
              {words.effect.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
            {words.first && (
              <div class="note warn">
                <p>{words.first}</p>
              </div>
            )}
            <h3>{confirm.moneyHeading}</h3>
            <p>{isEnd ? confirm.moneyCancel : confirm.money}</p>
            <ConfirmForm view={view} path={path} button={words.button} setting={setting} />
          </section>
        </div>
        <aside class="stack">
          <PurchaseCard purchase={view.purchase} setting={setting} />
        </aside>
      </div>
    </div>
  )
}

const ConfirmForm = ({ view: { wanted, from }, path, button, setting }: Props & { readonly button: string }): VNode => {
  const { confirm } = setting.texts.manage
  const isEnd = wanted.kind === 'cancel'
  const { csrfToken } = setting.frame
  return (
    <form class="manage" method="post" action={`${path}/manage`} data-rules="[]">
      {csrfToken && <input type="hidden" name="csrfToken" value={csrfToken} />}
      <input type="hidden" name="action" value={wanted.kind} />
      {wanted.kind === 'changeSeats' && <input type="hidden" name="seats" value={wanted.seats} />}
      {wanted.kind === 'changePlan' && <input type="hidden" name="plan" value={wanted.planId} />}
      <input type="hidden" name="fromPlan" value={from.planId} />
      <input type="hidden" name="fromSeats" value={from.seats ?? ''} />
      <div class="row">
        <button type="submit" class={`button wide ${isEnd ? 'danger' : 'primary'}`} data-sending={confirm.sending}>
          {button}
        </button>
        <a class="button wide" href={isEnd ? path : `${path}/manage`}>
          {isEnd ? confirm.cancel.keep : confirm.back}
        </a>
      </div>
    </form>
  )
}
