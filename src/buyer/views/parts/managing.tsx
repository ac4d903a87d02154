/** Who changes and cancels, and where. */
import type { VNode } from 'preact'
import type { ActiveStage } from '../../rules/buyer-stage.ts'
import type { Setting } from '../setting.ts'
import { MicrosoftPlaces } from './microsoft-places.tsx'

interface Props {
  readonly stage: Pick<ActiveStage, 'managedBy' | 'change' | 'purchase'>
  readonly path: string
  readonly setting: Setting
}

export const Managing = ({ stage, path, setting }: Props): VNode => (
  <section class="card" aria-labelledby="manage">
    <h2 id="manage">{setting.texts.manage.heading}</h2>
    <Ways stage={stage} path={path} setting={setting} />
  </section>
)

const Ways = ({ stage, path, setting }: Props): VNode => {
  const { manage: words, active } = setting.texts
  const places = <MicrosoftPlaces setting={setting} azure={active.azurePath} admin={active.adminPath} />
  switch (stage.managedBy) {
    case 'partner':
      return <p>{words.partner}</p>
    case 'fromMicrosoft':
      return (
        <>
          <p>{words.fromMicrosoft}</p>
          {places}
        </>
      )
    case 'here':
      return (
        <>
          {stage.change?.kind === 'underWay' && stage.change.actor !== 'vendor' ? (
            <p>{words.later}</p>
          ) : (
            <>
              <p>{words.here(stage.purchase.seats !== undefined)}</p>
              <div class="row">
                <a class="button wide" href={`${path}/manage`}>
                  {words.open}
                </a>
              </div>
            </>
          )}
          <p class="muted small">{words.renewal}</p>
          {places}
        </>
      )
  }
}
