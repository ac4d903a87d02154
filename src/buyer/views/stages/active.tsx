/** Active: the way into the product first, then what the vendor says, the facts, and where to manage it. */
import type { VNode } from 'preact'
import type { ActiveStage } from '../../rules/buyer-stage.ts'
import { Managing } from '../parts/managing.tsx'
import { OutsideLink } from '../parts/outside-link.tsx'
import { Fact } from '../parts/purchase-card.tsx'
import { UsageCard } from '../parts/usage-card.tsx'
import { VendorText } from '../parts/vendor-text.tsx'
import type { Setting } from '../setting.ts'
import { ChangeCard } from './change.tsx'

interface Props {
  readonly stage: ActiveStage
  readonly setting: Setting
}

/** The product's own address first, else the vendor's first action leads into it; a vendor's button of the same name stands for both. */
export const ActiveButtons = ({ stage, setting, path }: Props & { readonly path: string }): VNode | null => {
  const { name } = setting.product
  const open = setting.texts.active.open(name)
  const vendorOpens = stage.actions.some(({ title }) => title.trim().toLowerCase() === open.toLowerCase())
  const productUrl = vendorOpens ? undefined : setting.product.productUrl
  if (!productUrl && stage.actions.length === 0) return null
  return (
    <div class="row">
      {productUrl && (
        <OutsideLink href={productUrl} class="button primary wide" setting={setting}>
          {open}
        </OutsideLink>
      )}
      {stage.actions.map((action, at) => (
        <OutsideLink
          key={action.id}
          href={`${path}/actions/${encodeURIComponent(action.id)}`}
          class={`button wide${!productUrl && at === 0 ? ' primary' : ''}`}
          setting={setting}
        >
          {action.title}
        </OutsideLink>
      ))}
    </div>
  )
}

export const ActiveCards = ({ stage, path, setting }: Props & { readonly path: string }): VNode => {
  const { active: words } = setting.texts
  return (
    <>
      {stage.change && <ChangeCard change={stage.change} path={path} setting={setting} />}
      {stage.usage && !stage.isFresh && <UsageCard usage={stage.usage} setting={setting} />}
      {stage.activationText?.trim() && (
        <section class="card" aria-labelledby="started">
          <h2 id="started">{words.gettingStarted}</h2>
          <VendorText markdown={stage.activationText} />
        </section>
      )}
      {stage.params.length > 0 && (
        <section class="card" aria-labelledby="details">
          <h2 id="details">{words.details}</h2>
          <dl class="facts wide">
            {stage.params.map(({ id, title, value }) => (
              <Fact key={id} name={title}>
                <Value setting={setting}>{value}</Value>
              </Fact>
            ))}
          </dl>
        </section>
      )}
      {stage.usage && stage.isFresh && <UsageCard usage={stage.usage} setting={setting} />}
      <Managing stage={stage} path={path} setting={setting} />
    </>
  )
}

/** What is a web address can be followed. */
const Value = ({ children, setting }: { readonly children: string; readonly setting: Setting }): VNode =>
  /^https?:\/\/\S+$/i.test(children) && URL.canParse(children) ? (
    <OutsideLink href={children} setting={setting}>
      {children}
    </OutsideLink>
  ) : (
    <span>{children}</span>
  )
