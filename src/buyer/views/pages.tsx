/** The buyer's pages as text: whole documents, and the living part of a subscription's page alone. */
import { createHash } from 'node:crypto'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { asksForOrder, type BuyerStage } from '../rules/buyer-stage.ts'
import { pollPause } from '../rules/poll.ts'
import { Document } from './document.tsx'
import { Manage } from './manage/manage.tsx'
import { Review, reviewWords } from './manage/review.tsx'
import type { BuyerPage, PageFrame } from './page.ts'
import { Problem, problemTitle } from './problem.tsx'
import { type Setting, settingOf } from './setting.ts'
import { stageHead } from './stage-head.ts'
import { Hero } from './stages/hero.tsx'
import { Stage } from './stages/stage.tsx'

export type SubscriptionPage = Extract<BuyerPage, { kind: 'subscription' }>

export interface Fragment {
  /** The living part, to stand in a page in place of the one there. */
  readonly html: string
  /** Changes exactly when what is shown changes: the `hash` of `GET …/status`, and good as an ETag. */
  readonly hash: string
  readonly stage: BuyerStage['kind']
  /** Milliseconds until the next look makes sense. */
  readonly pollAfter: number
}

/** A whole HTML document. Everything from outside is escaped; Markdown is sanitised. */
export function renderPage(page: BuyerPage, frame: PageFrame): string {
  const setting = settingOf(frame)
  switch (page.kind) {
    case 'subscription':
      return document(setting, stageHead(page.stage, setting).title, living(page, setting).node)
    case 'manage':
      return document(setting, setting.texts.manage.title, <Manage view={page.view} path={page.path} setting={setting} />)
    case 'review':
      return document(setting, reviewWords(page.view, setting).title, <Review view={page.view} path={page.path} setting={setting} />)
    case 'problem':
      return document(setting, problemTitle(page, setting), <Problem page={page} setting={setting} />, true)
    case 'signedOut': {
      const { title, text } = setting.texts.signedOut
      return document(setting, title, <Hero head={{ tone: 'calm', icon: 'door', title, lead: text }} />, true)
    }
  }
}

/** The part of the page that changes by itself. Give it the same stage and frame as the page, so that both have the same hash. */
export function renderFragment(page: SubscriptionPage, frame: PageFrame): Fragment {
  const { node, hash } = living(page, settingOf(frame))
  return { html: render(node), hash, stage: page.stage.kind, pollAfter: pollPause(page.stage) }
}

const document = (setting: Setting, heading: string, content: VNode, narrow = false): string =>
  `<!doctype html>${render(
    <Document setting={setting} title={setting.texts.frame.titled(heading, setting.product.name || undefined)} narrow={narrow}>
      {content}
    </Document>,
  )}`

/** Where the order is asked for nothing changes by itself: what somebody is typing is never taken away. */
function living(page: SubscriptionPage, setting: Setting): { readonly node: VNode; readonly hash: string } {
  const { stage, path } = page
  const isForm = asksForOrder(stage)
  const content = <Stage stage={stage} path={path} form={page.form} setting={setting} />
  const hash = createHash('sha256')
    .update(render(<Stage stage={stage} path={path} setting={setting} />))
    .digest('base64url')
    .slice(0, 16)
  const title = setting.texts.frame.titled(stageHead(stage, setting).title, setting.product.name || undefined)
  const node = (
    <div
      data-live
      data-hash={hash}
      data-title={title}
      data-status={`${path}/status`}
      data-fragment={`${path}/fragment`}
      data-poll={isForm ? undefined : pollPause(stage)}
      data-reload={isForm ? true : undefined}
    >
      {content}
      {!isForm && (
        <p class="note warn live" data-offline hidden>
          {setting.texts.frame.offline}
        </p>
      )}
    </div>
  )
  return { node, hash }
}
