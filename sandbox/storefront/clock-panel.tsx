/** Moves the sandbox's clock forward. */
import type { VNode } from 'preact'

const steps = [
  ['hour', '1 hour'],
  ['day', '1 day'],
  ['month', '30 days'],
] as const

/** @param back the page to come back to. */
export const ClockPanel = ({ back }: { readonly back: string }): VNode => (
  <form method="post" action="/store/clock" class="card">
    <div>
      <h2>Let time pass</h2>
      <p class="muted small">
        What falls due in between happens: renewals, retries, purchases that lapse after 30 days, suspensions that end after 30 days.
      </p>
    </div>
    <input type="hidden" name="back" value={back} />
    <div class="row">
      {steps.map(([by, text]) => (
        <button key={by} class="button small" type="submit" name="by" value={by}>
          + {text}
        </button>
      ))}
    </div>
  </form>
)
