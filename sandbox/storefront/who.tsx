/** Saying who one is, so that the shop shows what is not for everybody. */
import type { VNode } from 'preact'
import { people } from '../seed.ts'

export const WhoAreYou = ({ person }: { readonly person: { readonly key: string } | undefined }): VNode => (
  <form method="post" action="/store/person">
    <label for="person">You are</label>
    <div class="inline">
      <select id="person" name="person">
        <option value="">Anybody</option>
        {people.map(({ key, name, organisation }) => (
          <option key={key} value={key} selected={key === person?.key}>
            {name}, {organisation}
          </option>
        ))}
      </select>
      <button class="button" type="submit">
        Look around
      </button>
    </div>
    <p class="hint">Previews are shown to those their publisher invited, private plans to the organizations they are for.</p>
  </form>
)
