/** What was used in the present term, of what is included. */
import type { VNode } from 'preact'
import type { UsedDimension, UsedInTerm } from '../../rules/usage.ts'
import type { Setting } from '../setting.ts'
import { DateAndTime, dayText } from './moment.tsx'
import { quantityText } from './quantity.ts'

interface Props {
  readonly usage: UsedInTerm
  readonly setting: Setting
}

export const UsageCard = ({ usage, setting }: Props): VNode => {
  const { usage: words } = setting.texts
  return (
    <section class="card" aria-labelledby="usage-heading">
      <div class="legend">
        <h2 id="usage-heading">{words.heading}</h2>
        <p class="muted small">{words.since(dayText({ at: usage.since, setting }))}</p>
      </div>
      <ul class="meters">
        {usage.dimensions.map((one) => (
          <Dimension key={one.id} one={one} setting={setting} />
        ))}
      </ul>
      <p class="muted small">{words.counted}</p>
    </section>
  )
}

const Dimension = ({ one, setting }: { readonly one: UsedDimension; readonly setting: Setting }): VNode => {
  const { usage: words } = setting.texts
  const text = (quantity: bigint): string => quantityText(quantity, setting)
  return (
    <li>
      <div class="figures">
        <h3>
          {one.name}
          {one.unit && <small>{words.countedIn(one.unit)}</small>}
        </h3>
        <p>
          <strong>{text(one.used)}</strong> {words.used}
        </p>
      </div>
      {one.share !== undefined && <Bar share={one.share} isOver={one.beyond > 0n} />}
      <p class="allowance">{allowanceText(one, setting)}</p>
      <p class="muted small">
        {one.lastToldAt ? (
          <>
            {words.lastTold} <DateAndTime at={one.lastToldAt} setting={setting} />
          </>
        ) : (
          words.nothingYet
        )}
      </p>
    </li>
  )
}

function allowanceText({ included, left, beyond }: UsedDimension, setting: Setting): string {
  const { usage: words } = setting.texts
  if (included === undefined) return words.includedNotKnown
  if (included === 'unlimited') return words.unlimited
  if (included === 'none') return words.noneIncluded
  const whole = quantityText(included, setting)
  return beyond > 0n ? words.beyond(whole, quantityText(beyond, setting)) : words.left(whole, quantityText(left ?? 0n, setting))
}

/** A picture of what the words beside it say. */
const Bar = ({ share, isOver }: { readonly share: number; readonly isOver: boolean }): VNode => (
  <svg class={`bar${isOver ? ' over' : ''}`} viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="whole" width="1000" height="8" />
    <rect class="part" width={Math.round(share * 1000)} height="8" />
  </svg>
)
