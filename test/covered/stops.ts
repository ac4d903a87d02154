/** Where the process may stop while something of a subscription is under way, and the test that stops it there and starts it again. */
import type { NamedTest } from './named.ts'

export interface Stop {
  readonly underWay: string
  /** Names of crash points, as the code gives them; STEP stands for each kind of step. */
  readonly points: readonly string[]
  readonly tests: readonly NamedTest[]
}

const inStories: NamedTest = { file: 'test/stories/crashes.test.ts', title: '%s, at %s, ends the same' }
const ofActions = (title: string): NamedTest => ({ file: 'test/scenarios/managing-crashes.test.ts', title })

export const stops: readonly Stop[] = [
  {
    underWay: 'a look, and each kind of step it takes',
    points: ['subscription.looked', 'subscription.STEP.intended', 'subscription.STEP.called', 'subscription.STEP.stored'],
    tests: [inStories],
  },
  {
    underWay: 'an answer to Microsoft',
    points: ['operation.intended', 'operation.answered', 'operation.stored'],
    tests: [inStories],
  },
  {
    underWay: 'a change or an end asked for here',
    points: ['action.looked', 'action.intended', 'action.called', 'action.stored', 'action.followed', 'action.ended'],
    tests: [
      inStories,
      ofActions('a change whose process is stopped at %s is made once'),
      ofActions('a cancellation whose process is stopped at %s is made once'),
    ],
  },
  {
    underWay: 'what became of a change of which nothing was known',
    points: ['action.cleared'],
    tests: [ofActions('a change without a word, whose process is stopped once Microsoft has shown it, has one end')],
  },
  { underWay: 'the watch on Connect', points: ['connectWatch.stored'], tests: [inStories] },
  {
    underWay: 'the registration of Connect’s webhook',
    points: ['connectWebhook.called'],
    tests: [
      {
        file: 'test/scenarios/connect-webhook.test.ts',
        title: 'once even when the process stops before it has stored the answer',
      },
    ],
  },
  {
    underWay: 'anything on the work list',
    points: ['work.claimed', 'work.looked'],
    tests: [
      { file: 'src/database/work/worker.test.ts', title: 'at a crash point leaves the object to be looked at again' },
      {
        file: 'test/scenarios/processes.test.ts',
        title: '$count processes of which $kills are killed: each step once, and all ends in step',
      },
    ],
  },
]
