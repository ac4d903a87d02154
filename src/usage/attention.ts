/** What of a subscription's usage waits for an operator: one item a code, whatever the number of hours. */
import { sql } from 'kysely'
import {
  type AttentionCode,
  type AttentionNote,
  clearAttention,
  raiseAttention,
  settleAttention,
  subjectsWithItems,
} from '../attention/index.ts'
import type { Tx } from '../database/index.ts'
import type { SubscriptionId, TenantId } from '../kit/ids.ts'
import { printQuantity, quantityOf } from '../kit/quantity.ts'
import { type Instant, instant } from '../kit/time.ts'

const CODES = ['USAGE_DIFFERS', 'USAGE_REFUSED', 'USAGE_EXPIRED', 'USAGE_NOT_AUTHORIZED'] as const satisfies readonly AttentionCode[]

interface OpenQuestion {
  readonly code: (typeof CODES)[number]
  readonly subscription_id: string
  readonly dimension: string
  readonly slots: string
  readonly quantity: string
  readonly accepted: string | null
  readonly first_hour: Date
  readonly unanswered: string
  readonly reasons: readonly string[] | null
}

/** Makes the items of these subscriptions be what the ledger says now. Of most there is nothing to say, and nothing was said. */
export async function settleUsageAttention(
  tx: Tx,
  tenantId: TenantId,
  about: readonly { readonly subscriptionId: SubscriptionId }[],
  now: Instant,
): Promise<void> {
  const subscriptions = [...new Set(about.map(({ subscriptionId }) => subscriptionId))]
  const { rows } = await sql<OpenQuestion>`
    select case state when 'differs' then 'USAGE_DIFFERS' when 'refused' then 'USAGE_REFUSED' when 'expired' then 'USAGE_EXPIRED'
        else 'USAGE_NOT_AUTHORIZED' end as code,
      subscription_id, dimension, count(*) as slots, sum(quantity) as quantity, sum(accepted_quantity) as accepted, min(hour) as first_hour,
      count(*) filter (where unanswered > 0 and state <> 'differs') as unanswered,
      array_agg(distinct coalesce(microsoft ->> 'message', microsoft ->> 'status')) filter (where microsoft is not null) as reasons
    from usage_slots
    where tenant_id = ${tenantId} and subscription_id = any(${subscriptions}::uuid[])
      and (state in ('differs', 'refused', 'expired') or (state = 'sealed' and because = 'notAuthorized'))
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  const said = await subjectsWithItems(tx, tenantId, 'subscription', subscriptions, CODES)
  const asked = new Set([...said, ...rows.map((row) => row.subscription_id)])
  for (const subscription of subscriptions.filter((one) => asked.has(one))) {
    const questions = rows.filter((row) => row.subscription_id === subscription)
    const wanted = CODES.flatMap((code) =>
      noteOf(
        code,
        questions.filter((row) => row.code === code),
      ),
    )
    await settleAttention(tx, { tenantId, subject: { kind: 'subscription', id: subscription }, among: CODES, wanted }, now)
  }
}

function noteOf(code: AttentionCode, questions: readonly OpenQuestion[]): readonly AttentionNote[] {
  if (questions.length === 0) return []
  const reasons = [...new Set(questions.flatMap((one) => one.reasons ?? []))].slice(0, 3)
  return [
    {
      code,
      facts: {
        slots: questions.reduce((sum, one) => sum + Number(one.slots), 0),
        quantities: questions.map(inWords),
        ...(reasons.length > 0 ? { reasons } : {}),
      },
    },
  ]
}

const inWords = ({ dimension, quantity, accepted, slots, first_hour, unanswered }: OpenQuestion): string => {
  const doubtful =
    unanswered === '0' ? '' : `; Microsoft did not answer for ${unanswered} of them and may have billed them: compare its daily sums first`
  const taken = accepted === null ? '' : ` (Microsoft has ${printQuantity(quantityOf(accepted))})`
  return `${dimension}: ${printQuantity(quantityOf(quantity))}${taken} in ${slots} hours since ${instant(first_hour).toISOString()}${doubtful}`
}

/** One item a subscription while anything of it is held. */
export async function settleHeldAttention(
  tx: Tx,
  tenantId: TenantId,
  subscriptions: readonly SubscriptionId[],
  now: Instant,
): Promise<void> {
  if (subscriptions.length === 0) return
  const { rows } = await sql<{ subscription_id: string; records: string; quantity: string; until: Date; reasons: readonly string[] }>`
    select subscription_id, count(*) as records, sum(quantity) as quantity, min(hold_until) as until, array_agg(distinct because) as reasons
    from usage_records
    where tenant_id = ${tenantId} and state = 'held' and subscription_id = any(${subscriptions}::uuid[]) group by 1`.execute(tx)
  for (const subscription of subscriptions) {
    const subject = { kind: 'subscription', id: subscription } as const
    const held = rows.find((row) => row.subscription_id === subscription)
    if (!held) await clearAttention(tx, tenantId, subject, ['USAGE_HELD'], now)
    else {
      const facts = {
        records: Number(held.records),
        quantity: printQuantity(quantityOf(held.quantity)),
        until: instant(held.until).toISOString(),
        reasons: held.reasons,
      }
      await raiseAttention(tx, tenantId, subject, { code: 'USAGE_HELD', facts }, now)
    }
  }
}
