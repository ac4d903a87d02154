/** What a person sees of Entra: the account picker, and the few words around signing out and refusals. */
import type { VNode } from 'preact'
import { Notice, page } from '../../layout.tsx'
import type { Person } from '../../seed.ts'

export interface PickerView {
  readonly action: string
  /** The app that asks. */
  readonly appName: string
  readonly people: readonly Person[]
  /** Who is signed in already, if anybody. */
  readonly signedIn: string | undefined
}

export const pickerPage = (view: PickerView): string =>
  page({ title: 'Pick an account', section: 'entra', narrow: true, children: <Picker {...view} /> })

const Picker = ({ action, appName, people, signedIn }: PickerView): VNode => (
  <>
    <form method="post" action={action} class="card">
      <div class="tight">
        <h1>Pick an account</h1>
        <p class="muted">to continue to {appName}</p>
      </div>
      <ul class="list">
        {people.map((person) => (
          <li key={person.key}>
            <Account person={person} signedIn={person.key === signedIn} />
          </li>
        ))}
      </ul>
    </form>
    <p class="muted small">The sandbox plays Microsoft’s sign-in. These people are invented and need no password.</p>
  </>
)

const Account = ({ person, signedIn }: { readonly person: Person; readonly signedIn: boolean }): VNode => (
  <button class="person" type="submit" name="account" value={person.key}>
    <span class="mark round" aria-hidden="true">
      {person.givenName.slice(0, 1)}
      {person.familyName.slice(0, 1)}
    </span>
    <span>
      <strong>{person.name}</strong>
      <span class="small">{person.email}</span>
      <span class="muted small">
        {person.organisation}
        {signedIn && ' · signed in'}
      </span>
    </span>
  </button>
)

const plain = (title: string, children: VNode): string => page({ title, section: 'entra', narrow: true, children })

/** @param form the library's own form, which carries its proof against forgery. */
export const signOutPage = (form: string): string =>
  plain(
    'Sign out',
    <div class="card">
      <h1>Sign out?</h1>
      <p class="muted">You will be signed out of the sandbox’s Microsoft account.</p>
      <div dangerouslySetInnerHTML={{ __html: form }} />
      <div class="row">
        <button class="button primary" type="submit" form="op.logoutForm" name="logout" value="yes">
          Sign out
        </button>
        <button class="button" type="submit" form="op.logoutForm">
          Stay signed in
        </button>
      </div>
    </div>,
  )

export const signedOutPage = (): string =>
  plain(
    'Signed out',
    <div class="card">
      <h1>You are signed out</h1>
      <p class="muted">It is a good idea to close all browser windows.</p>
    </div>,
  )

/** Sign-in could not begin or go on, and nobody can be sent back to the app safely. */
export const refusedPage = (code: string, description: string): string =>
  plain(
    'We couldn’t sign you in',
    <div class="card">
      <h1>Sorry, but we’re having trouble signing you in</h1>
      <Notice tone="bad">
        <p>{description || code}</p>
      </Notice>
      <p class="muted small">
        Code <code>{code}</code>. If this sign-in was started a while ago, go back to the app and start it again.
      </p>
    </div>,
  )
