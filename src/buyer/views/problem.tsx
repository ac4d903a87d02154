/** A page for what went wrong: what it is, what helps, and a reference for whoever is asked. */
import type { VNode } from 'preact'
import type { BuyerPage } from './page.ts'
import { ADMIN_CENTER, AZURE_PORTAL } from './parts/microsoft-places.tsx'
import { OutsideLink } from './parts/outside-link.tsx'
import { problemWords, type Way } from './problem-words.ts'
import type { Setting } from './setting.ts'
import { Support } from './stages/halted.tsx'
import { Hero } from './stages/hero.tsx'

type ProblemPage = Extract<BuyerPage, { kind: 'problem' }>

interface Props {
  readonly page: ProblemPage
  readonly setting: Setting
}

export const problemTitle = ({ code, status }: ProblemPage, { texts }: Setting): string =>
  texts.problems[problemWords(code, status).words].title

export const Problem = ({ page, setting }: Props): VNode => {
  const { words, way, icon } = problemWords(page.code, page.status)
  const { problems } = setting.texts
  const { title, text } = problems[words]
  return (
    <div class="stack">
      <Hero head={{ tone: page.status >= 500 ? 'warn' : 'calm', icon, title, lead: text }}>
        <Buttons way={way} page={page} setting={setting} />
        <p class="reference">
          {problems.reference} <code>{page.reference}</code>. {problems.referenceText}
        </p>
      </Hero>
      {way === 'reopen' && <Reopen setting={setting} />}
      <Support setting={setting} />
    </div>
  )
}

const Buttons = ({ way, page, setting: { frame, texts } }: Props & { readonly way: Way }): VNode | null => {
  const retry = page.retryPath && (way === 'retry' || way === 'switchAccount') ? page.retryPath : undefined
  const other = way === 'switchAccount' ? frame.switchAccountPath : undefined
  if (!retry && !other) return null
  return (
    <div class="row">
      {other && (
        <a class="button primary wide" href={other}>
          {texts.problems.switchAccount}
        </a>
      )}
      {retry && (
        <a class={`button wide${other ? '' : ' primary'}`} href={retry}>
          {texts.problems.tryAgain}
        </a>
      )}
    </div>
  )
}

const Reopen = ({ setting }: Pick<Props, 'setting'>): VNode => {
  const { problems, active } = setting.texts
  return (
    <section class="card" aria-labelledby="reopen">
      <h2 id="reopen">{problems.reopenHeading}</h2>
      <ul class="places">
        <li>
          <OutsideLink href={ADMIN_CENTER} setting={setting}>
            {active.admin}
          </OutsideLink>
          <small>{problems.reopenAdmin}</small>
        </li>
        <li>
          <OutsideLink href={AZURE_PORTAL} setting={setting}>
            {active.azure}
          </OutsideLink>
          <small>{problems.reopenAzure}</small>
        </li>
      </ul>
    </section>
  )
}
