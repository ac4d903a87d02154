/** What can be changed: seats, plan, the end. Each leads to a page that says what it means. */
import type { ComponentChildren, VNode } from 'preact'
import { isWhyNot, type ManageView, type PlanOption, type WhyNot } from '../../rules/manage.ts'
import { PurchaseCard } from '../parts/purchase-card.tsx'
import { UsageCard } from '../parts/usage-card.tsx'
import type { Setting } from '../setting.ts'
import { Hero } from '../stages/hero.tsx'

interface Props {
  readonly view: ManageView
  readonly path: string
  readonly setting: Setting
}

export const Manage = ({ view, path, setting }: Props): VNode => {
  const { manage: words } = setting.texts
  return (
    <div class="stack">
      <p class="back">
        <a href={path}>{words.back}</a>
      </p>
      <Hero head={{ tone: 'info', icon: 'tools', title: words.title, lead: words.lead }} />
      <div class="columns">
        <div class="stack">
          {view.problem && <Problem problem={view.problem} setting={setting} />}
          {view.usage && <UsageCard usage={view.usage} setting={setting} />}
          <Seats view={view} path={path} setting={setting} />
          <Plan view={view} path={path} setting={setting} />
          <Cancel view={view} path={path} setting={setting} />
        </div>
        <aside class="stack">
          <PurchaseCard purchase={view.purchase} setting={setting} />
        </aside>
      </div>
    </div>
  )
}

const FIELD = { changeSeats: 'seats', changePlan: 'plan', cancel: 'cancel' } as const

/** Takes the focus when the page comes back with it. */
const Problem = ({
  problem,
  setting: { texts },
}: {
  readonly problem: NonNullable<ManageView['problem']>
  readonly setting: Setting
}): VNode => (
  <section class="summary" tabIndex={-1} data-focus role="alert" aria-labelledby="summary-heading">
    <h2 id="summary-heading">{texts.manage.refused}</h2>
    <p>
      <a href={`#${FIELD[problem.about]}`}>{texts.manage.reason(problem.reason, problem.facts)}</a>
    </p>
  </section>
)

const Because = ({ whyNot: { reason, facts }, setting }: { readonly whyNot: WhyNot; readonly setting: Setting }): VNode => (
  <p class="muted">{setting.texts.manage.reason(reason, facts)}</p>
)

const Card = ({
  id,
  heading,
  children,
}: {
  readonly id: string
  readonly heading: string
  readonly children: ComponentChildren
}): VNode => (
  <section class="card" aria-labelledby={`${id}-heading`}>
    <h2 id={`${id}-heading`}>{heading}</h2>
    {children}
  </section>
)

/** A plan with one price has no seats to change. */
const Seats = ({ view: { seats, problem }, path, setting }: Props): VNode | null => {
  const { manage: words } = setting.texts
  if (isWhyNot(seats) && seats.reason === 'FLAT_RATE') return null
  if (isWhyNot(seats))
    return (
      <Card id="seats" heading={words.seats.heading}>
        <Because whyNot={seats} setting={setting} />
      </Card>
    )
  const wrong = problem?.about === 'changeSeats'
  return (
    <Card id="seats" heading={words.seats.heading}>
      <form class="manage" method="get" action={`${path}/manage/review`}>
        <input type="hidden" name="action" value="changeSeats" />
        <div class="field">
          <label for="seats">{words.seats.label}</label>
          <input
            id="seats"
            name="seats"
            type="number"
            inputMode="numeric"
            step={1}
            min={seats.least}
            max={seats.most}
            required
            class="short"
            value={(wrong ? problem.entered : undefined) ?? seats.present}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={wrong ? 'seats-error seats-hint' : 'seats-hint'}
          />
          {wrong && (
            <p class="error" id="seats-error">
              {words.reason(problem.reason, problem.facts)}
            </p>
          )}
          <p class="hint" id="seats-hint">
            {words.seats.hint(seats.present, seats.least, seats.most)}
          </p>
        </div>
        <button type="submit" class="button wide">
          {words.review}
        </button>
      </form>
    </Card>
  )
}

const Plan = ({ view: { plan, problem }, path, setting }: Props): VNode => {
  const { manage: words } = setting.texts
  if (isWhyNot(plan))
    return (
      <Card id="plan" heading={words.plan.heading}>
        <Because whyNot={plan} setting={setting} />
      </Card>
    )
  if (plan.plans.every(({ isPresent }) => isPresent))
    return (
      <Card id="plan" heading={words.plan.heading}>
        <p class="muted">{words.plan.only}</p>
      </Card>
    )
  const chosen = problem?.about === 'changePlan' ? problem.entered : plan.plans.find(({ isPresent }) => isPresent)?.planId
  return (
    <Card id="plan" heading={words.plan.heading}>
      <form class="manage" method="get" action={`${path}/manage/review`}>
        <input type="hidden" name="action" value="changePlan" />
        <fieldset id="plan" class="choices">
          <legend class="hidden-text">{words.plan.label}</legend>
          {plan.plans.map((option) => (
            <PlanChoice key={option.planId} option={option} isChosen={option.planId === chosen} setting={setting} />
          ))}
        </fieldset>
        <button type="submit" class="button wide">
          {words.review}
        </button>
      </form>
    </Card>
  )
}

const PlanChoice = ({
  option: { planId, name, isPresent, whyNot },
  isChosen,
  setting,
}: {
  readonly option: PlanOption
  readonly isChosen: boolean
  readonly setting: Setting
}): VNode => {
  const { manage: words } = setting.texts
  return (
    <label>
      <input type="radio" name="plan" value={planId} checked={isChosen} disabled={whyNot !== undefined} />
      <span>
        {name}
        {isPresent && <small>{words.plan.present}</small>}
        {whyNot && <small>{words.reason(whyNot.reason, whyNot.facts)}</small>}
      </span>
    </label>
  )
}

const Cancel = ({ view: { cancel }, path, setting }: Props): VNode => {
  const { manage: words } = setting.texts
  return (
    <Card id="cancel" heading={words.cancel.heading}>
      {cancel ? (
        <Because whyNot={cancel} setting={setting} />
      ) : (
        <>
          <p>{words.cancel.text}</p>
          <div class="row">
            <a id="cancel" class="button wide" href={`${path}/manage/review?action=cancel`}>
              {words.cancel.open}
            </a>
          </div>
        </>
      )}
    </Card>
  )
}
