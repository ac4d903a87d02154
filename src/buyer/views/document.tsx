/** The document around every page: the publisher's head, the page, the foot. Nothing inline: the content security policy allows none. */
import type { ComponentChildren, VNode } from 'preact'
import { iconPath, scriptPath, stylesPath, themePath } from '../assets/index.ts'
import { Account } from './parts/account.tsx'
import { OutsideLink } from './parts/outside-link.tsx'
import type { Setting } from './setting.ts'

export interface DocumentProps {
  readonly setting: Setting
  readonly title: string
  readonly narrow?: boolean
  readonly children: ComponentChildren
}

export const Document = ({ setting, title, narrow, children }: DocumentProps): VNode => {
  const { product, locale, texts } = setting
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <link rel="stylesheet" href={stylesPath} />
        <link rel="stylesheet" href={themePath(product.accentColor)} />
        <link rel="icon" href={product.iconUrl ?? iconPath} />
        <script type="module" src={scriptPath} />
      </head>
      <body>
        <a class="skip" href="#main">
          {texts.frame.skip}
        </a>
        <Top setting={setting} />
        <main id="main" class={narrow ? 'narrow' : undefined} tabIndex={-1}>
          {children}
        </main>
        <Foot setting={setting} />
        <div class="hidden-text" role="status" aria-live="polite" data-announcer />
      </body>
    </html>
  )
}

const Top = ({ setting }: { readonly setting: Setting }): VNode => {
  const { product } = setting
  return (
    <header class="top">
      <div>
        <div class="brand">
          {product.iconUrl ? (
            <img src={product.iconUrl} alt="" referrerpolicy="no-referrer" />
          ) : (
            product.name && (
              <span class="mark" aria-hidden="true">
                {[...product.name][0]}
              </span>
            )
          )}
          <span>
            <strong>{product.name}</strong>
            {product.publisherName !== product.name && <small>{product.publisherName}</small>}
          </span>
        </div>
        <Account setting={setting} />
      </div>
    </header>
  )
}

const Foot = ({ setting }: { readonly setting: Setting }): VNode => {
  const { product, texts } = setting
  const links = [
    [product.supportUrl ?? (product.supportEmail && `mailto:${product.supportEmail}`), texts.frame.support],
    [product.termsUrl, texts.frame.terms],
    [product.privacyUrl, texts.frame.privacy],
  ].filter(([href]) => href)
  return (
    <footer class="foot">
      <div>
        <span>{product.publisherName && texts.frame.soldBy(product.publisherName)}</span>
        {links.length > 0 && (
          <ul>
            {links.map(([href = '', text = '']) => (
              <li key={text}>
                <OutsideLink href={href} setting={setting}>
                  {text}
                </OutsideLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </footer>
  )
}
