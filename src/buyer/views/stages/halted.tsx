/** Paused, ended, declined: what to do now. */
import type { VNode } from 'preact'
import type { BuyerStage } from '../../rules/buyer-stage.ts'
import { MicrosoftPlaces } from '../parts/microsoft-places.tsx'
import { OutsideLink } from '../parts/outside-link.tsx'
import type { Setting } from '../setting.ts'

interface Props {
  readonly stage: BuyerStage
  readonly setting: Setting
}

export const Suspended = ({ stage, setting }: Props): VNode => {
  const { suspended: words } = setting.texts
  return (
    <section class="card">
      {stage.purchase.customerManages ? (
        <>
          <h2>{words.where}</h2>
          <MicrosoftPlaces setting={setting} azure={words.azurePath} admin={words.adminPath} />
        </>
      ) : (
        <p>{words.partner}</p>
      )}
      <p class="muted">{words.deadline}</p>
    </section>
  )
}

export const Ended = ({ setting }: Props): VNode => (
  <div class="note">
    <p>{setting.texts.ended.data}</p>
  </div>
)

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
