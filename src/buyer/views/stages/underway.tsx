/** Ordered, not ready yet: who acts next, since when, and what the vendor asks. */
import type { ComponentChildren, VNode } from 'preact'
import type { Actor } from '../../rules/actor.ts'
import type { ActivatingStage, InquiringStage, WaitingStage } from '../../rules/buyer-stage.ts'
import { DateAndTime, Since } from '../parts/moment.tsx'
import { OutsideLink } from '../parts/outside-link.tsx'
import { VendorText } from '../parts/vendor-text.tsx'
import type { Setting } from '../setting.ts'

interface Props<Stage> {
  readonly stage: Stage
  readonly setting: Setting
}

/** Inside the head: the next step, its actor, its time. */
export const NextStep = ({ stage, setting }: Props<WaitingStage | InquiringStage | ActivatingStage>): VNode => {
  const { actors } = setting.texts
  const planned = stage.kind === 'waiting' ? stage.plannedAt : undefined
  return (
    <dl class="next">
      <Pair name={actors.label}>{actorText(actorOf(stage), setting)}</Pair>
      <Pair name={actors.since}>
        <Since at={stage.since} setting={setting} />
      </Pair>
      {planned && (
        <Pair name={actors.expected}>
          <DateAndTime at={planned} setting={setting} />
        </Pair>
      )}
    </dl>
  )
}

export const WaitingNotes = ({
  stage,
  path,
  setting: { texts },
}: Props<WaitingStage | InquiringStage | ActivatingStage> & { readonly path: string }): VNode => (
  <div class="stack">
    {stage.kind !== 'inquiring' && stage.slow && (
      <div class="note warn" role="note">
        <p>{stage.kind === 'activating' ? texts.activating.slow : texts.waiting.slow}</p>
      </div>
    )}
    <div class="note live">
      <p>{texts.waiting.live}</p>
      <noscript>
        <p>
          {texts.waiting.withoutScript} <a href={path}>{texts.waiting.lookAgain}</a>
        </p>
      </noscript>
      {!stage.purchase.mayBeBilled && <p class="muted small">{texts.waiting.notCharged}</p>}
    </div>
  </div>
)

/** The vendor's question, and the way to answer it. */
export const Inquiry = ({ stage, setting }: Props<Pick<InquiringStage, 'message' | 'formUrl'>>): VNode => {
  const { inquiring: words } = setting.texts
  return (
    <section class="card" aria-labelledby="inquiry">
      <h2 id="inquiry">{words.message}</h2>
      {stage.message && <VendorText markdown={stage.message} />}
      {stage.formUrl ? (
        <div class="row">
          <OutsideLink href={stage.formUrl} class="button primary wide" setting={setting}>
            {words.button}
          </OutsideLink>
        </div>
      ) : (
        <p>{words.noForm}</p>
      )}
    </section>
  )
}

export const Pair = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function actorOf(stage: WaitingStage | InquiringStage | ActivatingStage): Actor {
  switch (stage.kind) {
    case 'waiting':
      return stage.actor
    case 'inquiring':
      return 'buyer'
    case 'activating':
      return 'microsoft'
  }
}

export function actorText(actor: Actor, { texts, product }: Setting): string {
  const word = texts.actors[actor]
  return typeof word === 'string' ? word : word(product.publisherName)
}
