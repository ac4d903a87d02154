/** Reads what the forms of managing send. Pure. */
import { z } from 'zod'
import { planId } from '../../kit/ids.ts'
import type { WantedAction } from '../../subscriptions/index.ts'
import type { ChangeRequest } from '../ports.ts'

type Fields = Readonly<Record<string, unknown>>

const text = z.string().trim()
const wholeNumber = text.regex(/^\d{1,9}$/).transform(Number)

/** `undefined` when it is none of our forms. A number that is none stays a wish, to be refused in words. */
export function wantedOf(fields: Fields): WantedAction | undefined {
  switch (fields['action']) {
    case 'changeSeats':
      return { kind: 'changeSeats', seats: wholeNumber.safeParse(fields['seats']).data ?? Number.NaN }
    case 'changePlan': {
      const plan = planId.safeParse(fields['plan'])
      return plan.success ? { kind: 'changePlan', planId: plan.data } : undefined
    }
    case 'cancel':
      return { kind: 'cancel' }
    default:
      return undefined
  }
}

const expected = z
  .object({ fromPlan: planId, fromSeats: z.union([text.length(0).transform(() => undefined), wholeNumber]) })
  .transform(({ fromPlan, fromSeats }) => ({ planId: fromPlan, quantity: fromSeats }))

/** Plan and seats as the visitor saw them. */
export const expectedOf = (fields: Fields): ChangeRequest['expected'] | undefined => expected.safeParse(fields).data

/** What was typed or chosen, to be shown again. */
export function enteredText(wanted: WantedAction, fields: Fields): string | undefined {
  const entered = wanted.kind === 'changeSeats' ? fields['seats'] : wanted.kind === 'changePlan' ? fields['plan'] : undefined
  return typeof entered === 'string' ? entered.slice(0, 100) : undefined
}
