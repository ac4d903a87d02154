/** The five steps a publisher knows: submission, review, staging, publishing, go to market; which is done, which runs, what blocks it. */
import type { PublishingNext } from './next-step.ts'
import type { PublishingView } from './view.ts'

export const pipelineSteps = ['submission', 'review', 'staging', 'publishing', 'goToMarket'] as const
export type PipelineStep = (typeof pipelineSteps)[number]

export interface PipelineEntry {
  readonly step: PipelineStep
  readonly state: 'done' | 'running' | 'blocked' | 'open'
}

export function pipelineOf(view: PublishingView, next: PublishingNext): readonly PipelineEntry[] {
  if (view.goal === 'ended') return pipelineSteps.map((step) => ({ step, state: 'open' }))
  const at = pipelineSteps.indexOf(currentStep(view))
  const through = view.liveIsDraft && next.kind === 'settled' && view.toWrite === 0
  return pipelineSteps.map((step, place) => ({
    step,
    state: through || place < at ? 'done' : place > at ? 'open' : stateOf(next),
  }))
}

function currentStep({ toWrite, gaps, live, preview, previewIsDraft, liveIsDraft }: PublishingView): PipelineStep {
  if (live?.state === 'running') return 'publishing'
  if (preview?.state === 'running') return 'review'
  if (toWrite > 0 || gaps > 0) return 'submission'
  if (liveIsDraft) return 'goToMarket'
  if (preview?.state === 'succeeded' && previewIsDraft) return live?.state === 'failed' && !live.outdated ? 'publishing' : 'staging'
  return preview?.state === 'failed' && !preview.outdated ? 'review' : 'submission'
}

const stateOf = ({ kind }: PublishingNext): PipelineEntry['state'] => {
  switch (kind) {
    case 'attention':
    case 'confirm':
      return 'blocked'
    case 'settled':
      return 'done'
    case 'wait':
    case 'step':
      return 'running'
  }
}
