/** From what the subscriptions room says to what the pages of managing show. */
import type { Choices, NotPossible, Preview, SubscriptionKey } from '../../subscriptions/index.ts'
import type { BuyerPorts } from '../ports.ts'
import type { PurchaseSummary } from '../rules/buyer-stage.ts'
import type { ManageView, ReviewView, WhyNot } from '../rules/manage.ts'

type Ports = Pick<BuyerPorts, 'choices' | 'usage'>

export async function readManageView(
  ports: Ports,
  key: SubscriptionKey,
  purchase: PurchaseSummary,
  problem: ManageView['problem'],
): Promise<ManageView> {
  const [choices, usage] = await Promise.all([ports.choices(key), ports.usage(key)])
  return { purchase, usage, seats: seatsOf(choices), plan: plansOf(choices), cancel: whyNot(choices.cancel), problem }
}

function seatsOf({ changeSeats, present }: Choices): ManageView['seats'] {
  if (!changeSeats.possible) return toWhyNot(changeSeats)
  const { least, most } = changeSeats
  return { present: present?.quantity ?? least, least, most }
}

function plansOf({ changePlan }: Choices): ManageView['plan'] {
  if (!changePlan.possible) return toWhyNot(changePlan)
  const plans = changePlan.plans.map(({ planId, name, isPresent, notPossible }) => ({
    ...{ planId, name, isPresent },
    whyNot: isPresent || !notPossible ? undefined : toWhyNot(notPossible),
  }))
  return { plans }
}

const toWhyNot = ({ reason, facts }: NotPossible): WhyNot => ({ reason, facts })
const whyNot = (part: Choices['cancel']): WhyNot | undefined => (part.possible ? undefined : toWhyNot(part))

/** The names are Microsoft's, as the choice showed them. */
export async function reviewView(
  ports: Ports,
  key: SubscriptionKey,
  purchase: PurchaseSummary,
  { wanted, from }: Extract<Preview, { possible: true }>,
): Promise<ReviewView> {
  const present = purchase.planName ?? from.planId
  const names = { from: present, to: wanted.kind === 'changePlan' ? await nameOf(ports, key, wanted.planId) : present }
  return { purchase, wanted, from: { planId: from.planId, seats: from.quantity }, names }
}

async function nameOf(ports: Ports, key: SubscriptionKey, planId: string): Promise<string> {
  const { changePlan } = await ports.choices(key)
  return (changePlan.possible ? changePlan.plans.find((plan) => plan.planId === planId)?.name : undefined) ?? planId
}
