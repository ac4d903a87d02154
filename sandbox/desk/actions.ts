/** What the desk's buttons do. */
import { days, hours, instant, plus, seconds } from '../../src/kit/time.ts'
import type { ConnectWorld, VendorMode } from '../connect/index.ts'
import { invalid, notFound } from '../connect/refusal.ts'
import { field } from '../connect/routes/forms.ts'

const optional = (text: string): string | undefined => text || undefined

/** @throws Refusal when the form is incomplete or the request is in another state by now. */
export function requestAction(world: ConnectWorld, id: string, action: string, body: unknown): void {
  switch (action) {
    case 'approve':
      world.approve(id, { templateId: optional(field(body, 'template')) })
      break
    case 'fail':
      world.fail(id, field(body, 'reason'))
      break
    case 'inquire': {
      const name = field(body, 'parameter')
      const message = field(body, 'message')
      const errors = name ? { [name]: message || 'Please look at this again.' } : {}
      world.inquire(id, { message: optional(message), errors })
      break
    }
    case 'schedule':
      world.schedule(id, readDay(field(body, 'date')))
      break
    case 'confirm':
      world.confirm(id)
      break
    default:
      throw notFound(`Action "${action}"`)
  }
}

/** The day's morning, in UTC. */
function readDay(text: string) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw invalid('planned_date: Please choose a day.')
  return plus(instant(`${text}T00:00:00Z`), hours(8))
}

export function tierAction(world: ConnectWorld, id: string, action: string, body: unknown): void {
  if (action === 'approve') world.approveTierConfig(id)
  else if (action === 'fail') world.failTierConfig(id, field(body, 'reason'))
  else if (action === 'inquire') world.inquireTierConfig(id)
  else if (action === 'answer') world.answerTierConfig(id)
  else throw notFound(`Action "${action}"`)
}

/** How the desk offers the vendor's behaviour: one word each. */
export const MODES = {
  manual: { label: 'By hand, on this desk', mode: { kind: 'manual' } },
  automatic: { label: 'Approve at once', mode: { kind: 'automatic' } },
  slow: { label: 'Approve after 30 seconds', mode: { kind: 'automatic', after: seconds(30) } },
  inquire: { label: 'Ask the customer once, then approve', mode: { kind: 'inquireFirst' } },
  schedule: { label: 'Schedule for tomorrow, then approve', mode: { kind: 'schedule', by: days(1) } },
  fail: { label: 'Fail everything', mode: { kind: 'fail', reason: 'We cannot take this order at the moment.' } },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly mode: VendorMode }>>

export type ModeKey = keyof typeof MODES
export const isModeKey = (key: string): key is ModeKey => Object.hasOwn(MODES, key)

export const modeKeyOf = (mode: VendorMode): ModeKey => {
  switch (mode.kind) {
    case 'automatic':
      return mode.after ? 'slow' : 'automatic'
    case 'inquireFirst':
      return 'inquire'
    default:
      return mode.kind
  }
}

export function saveMode(world: ConnectWorld, productId: string, body: unknown): void {
  const key = field(body, 'mode')
  if (!isModeKey(key)) throw invalid(`mode: "${key}" is not a valid choice.`)
  world.setMode(productId, MODES[key].mode)
}
