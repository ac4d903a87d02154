/** Who is signed in, and the way out. */
import type { VNode } from 'preact'
import type { Setting } from '../setting.ts'

export const Account = ({ setting }: { readonly setting: Setting }): VNode | null => {
  const { visitor, signOutPath, switchAccountPath, csrfToken } = setting.frame
  const { frame: words } = setting.texts
  if (!visitor) return null
  const name = visitor.name ?? visitor.email ?? ''
  return (
    <details class="account">
      <summary>
        <span class="hidden-text">{words.signedInAs(name)}</span>
        <span class="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span class="who" aria-hidden="true">
          {name}
        </span>
      </summary>
      <div class="menu">
        <strong>{name}</strong>
        {visitor.email && visitor.email !== name && <span class="muted small">{visitor.email}</span>}
        {switchAccountPath && <a href={switchAccountPath}>{words.switchAccount}</a>}
        {signOutPath && (
          <form method="post" action={signOutPath}>
            {csrfToken && <input type="hidden" name="csrfToken" value={csrfToken} />}
            <button class="plain" type="submit">
              {words.signOut}
            </button>
          </form>
        )}
      </div>
    </details>
  )
}

const initials = (name: string): string => {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
