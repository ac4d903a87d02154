/** A change: where it is, who acts next and since when, or what became of it. */
import type { VNode } from 'preact'
import type { ChangeNews, ChangeWhat } from '../../rules/change.ts'
import { DateAndTime, Since } from '../parts/moment.tsx'
import type { Setting } from '../setting.ts'
import { actorText, Inquiry, Pair } from './underway.tsx'

interface Props {
  readonly change: ChangeNews
  readonly path: string
  readonly setting: Setting
}

export const ChangeCard = ({ change, path, setting }: Props): VNode => {
  const words = setting.texts.manage.news
  switch (change.kind) {
    case 'underWay':
      return <UnderWay change={change} path={path} setting={setting} />
    case 'question':
      return (
        <div class="stack" data-change>
          <div class="note warn">
            <strong>{words.question}</strong>
          </div>
          <Inquiry stage={change} setting={setting} />
        </div>
      )
    case 'notByVendor':
      return (
        <section class="note warn" data-change>
          <strong>{words.notByVendor}</strong>
          <p>{words.notByVendorText}</p>
          <p class="small">
            {words.since} <Since at={change.since} setting={setting} />
          </p>
        </section>
      )
    case 'notMade':
      return (
        <section class="note warn" data-change>
          <strong>{`${changeName(change.what, setting)} ${words.notMade}`}</strong>
          {change.reason && <p>{setting.texts.manage.reason(change.reason)}</p>}
          <p class="small">
            <DateAndTime at={change.at} setting={setting} />
          </p>
        </section>
      )
    case 'made':
      return (
        <section class="note good" data-change>
          <strong>{`${changeName(change.what, setting)} ${words.made}`}</strong>
          <p class="small">
            {words.since} <DateAndTime at={change.at} setting={setting} />
          </p>
        </section>
      )
  }
}

const UnderWay = ({ change, path, setting }: Props & { readonly change: Extract<ChangeNews, { kind: 'underWay' }> }): VNode => {
  const { actors, waiting } = setting.texts
  const words = setting.texts.manage.news
  return (
    <section class="card changing" aria-labelledby="changing" data-change>
      <h2 id="changing">
        <span class="pulse" aria-hidden="true" /> {`${changeName(change.what, setting)} ${words.underWay}`}
      </h2>
      <p>
        {change.actor === 'vendor' ? `${words.vendor} ${words.vendorBilled}` : words[change.actor === 'microsoft' ? 'microsoft' : 'us']}
      </p>
      <dl class="next">
        <Pair name={actors.label}>{actorText(change.actor, setting)}</Pair>
        <Pair name={actors.since}>
          <Since at={change.since} setting={setting} />
        </Pair>
      </dl>
      <div class="live">
        <p class="muted small">{words.live}</p>
        <noscript>
          <p class="small">
            {waiting.withoutScript} <a href={path}>{waiting.lookAgain}</a>
          </p>
        </noscript>
      </div>
    </section>
  )
}

export function changeName(what: ChangeWhat | undefined, { texts }: Setting): string {
  const words = texts.manage.news
  switch (what?.kind) {
    case undefined:
      return words.change
    case 'seats':
      return words.seats(what.to)
    case 'plan':
      return words.plan(what.to)
    case 'cancel':
      return words.cancel
  }
}
