/** The kinds of purchase a bridge must treat differently: preview, partner-sold, without an address, for somebody else. */
import type { VNode } from 'preact'
import { people } from '../seed.ts'

/** What was posted last time. */
type Given = Readonly<Record<string, unknown>>

/** Folded away unless something in it was chosen. */
export const SpecialPurchases = ({ given }: { readonly given: Given }): VNode => (
  <details open={['preview', 'csp', 'withoutEmail', 'beneficiary'].some((name) => given[name])}>
    <summary>Special purchases</summary>
    <div class="stack">
      <Tick name="preview" text="From the preview of the offer" hint="As publishers test before going live." given={given} />
      <Tick name="csp" text="Sold by a partner (CSP)" hint="A reseller buys; the customer may only look." given={given} />
      <Tick name="withoutEmail" text="Without an e-mail address" hint="Microsoft does not always pass one on." given={given} />
      <div>
        <label for="beneficiary">Who will use it</label>
        <select id="beneficiary" name="beneficiary">
          <option value="">The buyer</option>
          {people.map((person) => (
            <option key={person.key} value={person.key} selected={given['beneficiary'] === person.key}>
              {person.name}, {person.organisation}
            </option>
          ))}
        </select>
      </div>
    </div>
  </details>
)

const Tick = (props: { readonly name: string; readonly text: string; readonly hint: string; readonly given: Given }): VNode => (
  <label class="tick">
    <input type="checkbox" name={props.name} value="yes" checked={props.given[props.name] === 'yes'} />
    <span>
      {props.text}
      <span class="hint">{props.hint}</span>
    </span>
  </label>
)
