/** Attention items in words: the sentence of the catalogue, and who did what about it. */
import { attentionCatalogue, isAttentionAction, isAttentionCode } from '../../attention/index.ts'
import type { Facts } from './facts.ts'

function what(facts: Facts): string {
  const code = facts.get('code') ?? ''
  return isAttentionCode(code) ? `${attentionCatalogue[code].sentence.replace(/\.$/, '')} (${code})` : code
}

function actionWords(facts: Facts): string {
  const code = facts.get('code') ?? ''
  const action = facts.get('action') ?? ''
  const known =
    isAttentionCode(code) && isAttentionAction(action) ? attentionCatalogue[code].actions.find(({ id }) => id === action) : undefined
  return known?.words ?? action
}

const who = (facts: Facts): string => facts.get('by') ?? 'An operator'
const said = (facts: Facts): string => facts.with('note', (note) => `, saying: ${note}`)

export const attentionTellers = {
  'attention.raised': (facts: Facts) => `Attention is asked for: ${what(facts)}`,
  'attention.changed': (facts: Facts) => `What asks for attention has changed: ${what(facts)}`,
  'attention.returned': (facts: Facts) => `Attention is asked for again: ${what(facts)}`,
  'attention.sleepsOn': (facts: Facts) => `The cause for attention is back within its snooze: ${what(facts)}`,
  'attention.resolved': (facts: Facts) => `The cause for attention is gone: ${what(facts)}`,
  'attention.acknowledged': (facts: Facts) => `${who(facts)} sees to it: ${what(facts)}${said(facts)}`,
  'attention.snoozed': (facts: Facts) => `${who(facts)} put off until ${facts.get('until') ?? 'later'}: ${what(facts)}${said(facts)}`,
  'attention.acted': (facts: Facts) => `${who(facts)} chose “${actionWords(facts)}” for: ${what(facts)}${said(facts)}`,
  'retry.asked': (facts: Facts) => `${who(facts)} had it tried again`,
  'work.woken': (facts: Facts) => {
    facts.get('kind') // for support: which of its objects on the work list
    return `${who(facts)} had it looked at${facts.with('note', (note) => `: ${note}`)}`
  },
} as const
