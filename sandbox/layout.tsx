/** The frame and the small parts every page of the sandbox is made of. Server-rendered; text is escaped by the renderer. */
import type { FastifyReply } from 'fastify'
import type { ComponentChildren, VNode } from 'preact'
import { render } from 'preact-render-to-string'
import type { Instant } from '../src/kit/time.ts'

/** Whose world the page belongs to: sets the accent colour and the marked entry of the menu. */
type Section = 'shop' | 'subscriptions' | 'desk' | 'partner' | 'entra'

export interface PageOptions {
  readonly title: string
  readonly section: Section
  /** The sandbox's time, shown in the top bar. */
  readonly now?: Instant
  /** Looks again every two seconds by script, for pages whose content changes by itself. */
  readonly live?: boolean
  /** A single narrow column without menu: sign-in. */
  readonly narrow?: boolean
  readonly children: ComponentChildren
}

/** The whole document as text. */
export const page = (options: PageOptions): string => `<!doctype html>${render(<Document {...options} />)}`

/** Loads only what the sandbox itself serves. `form-action` is left open where a form ends at the bridge after redirects. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"

/** Sends a page with the headers all of them share. */
export const sendPage = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', contentSecurityPolicy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .send(html)

function Document({ title, section, now, live, narrow, children }: PageOptions): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/store/style.css" />
        <link rel="icon" href="/store/icon.svg" type="image/svg+xml" />
        {live && <script type="module" src="/store/live.js" />}
      </head>
      <body data-section={section}>
        {!narrow && <TopBar section={section} now={now} />}
        <main id="main" class={narrow ? 'narrow' : undefined} data-live={live ? 'yes' : undefined}>
          {children}
        </main>
        {!narrow && <footer class="foot">A stand-in for the outside world: everybody here is invented, and nothing costs money.</footer>}
      </body>
    </html>
  )
}

const menu: readonly { readonly section: Section; readonly href: string; readonly text: string }[] = [
  { section: 'shop', href: '/', text: 'Shop' },
  { section: 'subscriptions', href: '/store/subscriptions', text: 'My subscriptions' },
  { section: 'desk', href: '/desk', text: 'Vendor desk' },
  { section: 'partner', href: '/partner-center', text: 'Partner Center' },
]

function TopBar({ section, now }: { readonly section: Section; readonly now: Instant | undefined }): VNode {
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <div>
        <a class="brand" href={section === 'desk' ? '/desk' : '/'}>
          <Logo />
          {section === 'desk' ? 'Vendor desk' : 'Sandbox Marketplace'}
        </a>
        <nav aria-label="Sandbox">
          {menu.map((entry) => (
            <a key={entry.href} href={entry.href} aria-current={entry.section === section ? 'page' : undefined}>
              {entry.text}
            </a>
          ))}
        </nav>
        {now && (
          <span class="clock">
            <span class="says">Sandbox time </span>
            <When at={now} />
          </span>
        )}
      </div>
    </header>
  )
}

const bag = 'M8.5 10V8a5.5 5.5 0 0 1 11 0v2H23l1.4 14.2A2 2 0 0 1 22.4 26.4H5.6a2 2 0 0 1-2-2.2L5 10h3.5Zm2.5 0h6V8a3 3 0 0 0-6 0v2Z'

const Logo = (): VNode => (
  <svg viewBox="0 0 28 28" aria-hidden="true">
    <path fill="currentColor" d={bag} />
  </svg>
)

/** The icon of the browser's tab, served at `/store/icon.svg`. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><path fill="#1d58c9" d="${bag}"/></svg>`

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'neutral'

/** A state in one or two words. */
export const Tag = ({
  tone = 'neutral',
  plain,
  children,
}: {
  readonly tone?: Tone
  readonly plain?: boolean
  readonly children: ComponentChildren
}): VNode => <span class={`tag ${tone}${plain ? ' plain' : ''}`}>{children}</span>

/** A box with something the reader should know before going on. */
export const Notice = ({ tone = 'info', children }: { readonly tone?: Tone; readonly children: ComponentChildren }): VNode => (
  <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
)

/** Pairs of name and value. */
export const Facts = ({ of }: { readonly of: readonly (readonly [name: string, value: ComponentChildren])[] }): VNode => (
  <dl class="facts">
    {of.map(([name, value]) => (
      <>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
)

/** A form that is one button, posting to `action`. */
export const PostButton = (props: {
  readonly action: string
  readonly kind?: 'primary' | 'danger' | 'small' | 'danger small'
  readonly fields?: Readonly<Record<string, string>>
  readonly children: ComponentChildren
}): VNode => (
  <form method="post" action={props.action}>
    {Object.entries(props.fields ?? {}).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <button class={`button ${props.kind ?? ''}`} type="submit">
      {props.children}
    </button>
  </form>
)

const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** A point in time, in UTC. */
export const When = ({ at }: { readonly at: Instant }): VNode => (
  <time dateTime={at.toISOString()}>{dayAndTime.format(at.getTime())} UTC</time>
)
