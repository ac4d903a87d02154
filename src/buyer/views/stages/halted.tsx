/** Paused, ended, declined: what to do now. */
import type { VNode } from 'preact'
import type { EndedStage, SuspendedStage } from '../../rules/buyer-stage.ts'
import { MicrosoftPlaces } from '../parts/microsoft-places.tsx'
import { DateAndTime } from '../parts/moment.tsx'
import { OutsideLink } from '../parts/outside-link.tsx'
import type { Setting } from '../setting.ts'
import { ChangeCard } from './change.tsx'

interface Props<Stage> {
  readonly stage: Stage
  readonly setting: Setting
}

export const Suspended = ({ stage, path, setting }: Props<SuspendedStage> & { readonly path: string }): VNode => {
  const { suspended: words, manage } = setting.texts
  const mayCancel = stage.managedBy === 'here' && stage.change?.kind !== 'underWay'
  return (
    <>
      {stage.change && <ChangeCard change={stage.change} path={path} setting={setting} />}
      <section class="card" aria-labelledby="pay">
        <h2 id="pay">{manage.suspended.heading}</h2>
        {stage.managedBy === 'partner' ? (
          <p>{words.partner}</p>
        ) : (
          <>
            <p>{manage.suspended.pay}</p>
            <MicrosoftPlaces setting={setting} azure={words.azurePath} admin={words.adminPath} />
          </>
        )}
        <p class="muted">{words.deadline}</p>
      </section>
      <section class="card" aria-labelledby="remains">
        <h2 id="remains">{manage.suspended.remains}</h2>
        <p>{manage.suspended.remainsText}</p>
        {mayCancel && (
          <p class="small">
            {manage.suspended.cancel} <a href={`${path}/manage/review?action=cancel`}>{manage.cancel.open}</a>
          </p>
        )}
      </section>
    </>
  )
}

export const Ended = ({ stage, setting }: Props<EndedStage>): VNode => {
  const { ended: words, manage } = setting.texts
  return (
    <div class="note">
      {stage.cancelledHereAt && (
        <p>
          {manage.ended.cancelled} <DateAndTime at={stage.cancelledHereAt} setting={setting} />
        </p>
      )}
      <p>{words.data}</p>
    </div>
  )
}

/** Whom to ask, on every page where something is not as it should be. */
export const Support = ({ setting: { product, texts, ...rest } }: { readonly setting: Setting }): VNode | null => {
  const { supportUrl, supportEmail } = product
  if (!supportUrl && !supportEmail) return null
  return (
    <section class="card" aria-labelledby="support">
      <h2 id="support">{texts.frame.support}</h2>
      <div class="row">
        {supportUrl && (
          <OutsideLink href={supportUrl} setting={{ product, texts, ...rest }}>
            {product.publisherName}
          </OutsideLink>
        )}
        {supportEmail && <a href={`mailto:${supportEmail}`}>{supportEmail}</a>}
      </div>
    </section>
  )
}
