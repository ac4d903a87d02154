/** What is new about an offer's way since the look before, as its history keeps it. Pure. */
import type { HistoryEvent } from '../history/event.ts'
import type { Standing } from './record.ts'

/** Told once each: a look that finds everything as it was adds nothing. */
export function happened(before: Standing | undefined, now: Standing): readonly HistoryEvent[] {
  return [
    ...(before?.toWrite === 0 || now.toWrite !== 0 ? [] : [{ what: 'drafted' } as const]),
    ...steps(before, now),
    ...stop(before, now),
  ]
}

/** What was passed between two looks is told, too: a step that is done and was not under way has been both. Of a first look the last step done says it all. */
function steps(before: Standing | undefined, now: Standing): readonly HistoryEvent[] {
  const done = now.steps.filter(({ state }) => state === 'done').slice(-1)
  if (!before) return done.map(({ step }) => ({ what: 'step', step, state: 'done' }))
  return now.steps.flatMap(({ step, state }): readonly HistoryEvent[] => {
    const was = before.steps.find((one) => one.step === step)?.state
    if (state === was || (state !== 'done' && state !== 'running')) return []
    const begun = state === 'done' && was !== 'running' && step !== 'goToMarket' ? (['running', 'done'] as const) : [state]
    return begun.filter((one) => one === 'done' || step !== 'submission').map((one) => ({ what: 'step', step, state: one }))
  })
}

function stop(before: Standing | undefined, { next, sentences }: Standing): readonly HistoryEvent[] {
  const same = before?.next.kind === next.kind && before.next.why === next.why && before.sentences.join('\n') === sentences.join('\n')
  if (same) return []
  switch (next.kind) {
    case 'attention':
    case 'confirm':
    case 'refused':
      return [{ what: 'blocked', sentences: [...sentences] }]
    case 'wait':
      return next.why === 'lock' || next.why === 'answer' ? [{ what: 'waits', sentences: [...sentences] }] : []
    case 'step':
    case 'settled':
      return []
  }
}
