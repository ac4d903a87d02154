/** The files the buyer's pages load: one stylesheet, one script, an icon, and a theme for each accent colour. Named by their content. */
import { createHash } from 'node:crypto'
import { accentPalette, DEFAULT_ACCENT, parseColor } from '../views/accent.ts'
import { clientScript } from './client.ts'
import { icon } from './icon.ts'
import { styles } from './styles/index.ts'
import { themeCss } from './theme.ts'

export interface Asset {
  readonly body: string
  readonly contentType: string
}

/** Where the route for them is expected: `GET /portal/assets/:name`, cached for good (`immutable`). */
export const ASSETS_PATH = '/portal/assets'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 10)

const css: Asset = { body: styles, contentType: 'text/css; charset=utf-8' }
const script: Asset = { body: clientScript, contentType: 'text/javascript; charset=utf-8' }
const svg: Asset = { body: icon, contentType: 'image/svg+xml' }

const named = new Map<string, Asset>([
  [`buyer.${hashOf(css.body)}.css`, css],
  [`buyer.${hashOf(script.body)}.js`, script],
  [`icon.${hashOf(svg.body)}.svg`, svg],
])

const pathOf = (asset: Asset): string => {
  const [name] = [...named].find(([, one]) => one === asset) ?? []
  return `${ASSETS_PATH}/${name}`
}

export const stylesPath = pathOf(css)
export const scriptPath = pathOf(script)
export const iconPath = pathOf(svg)

/** Follows from the theme's text, so that a new version of it gets a new name. */
const themeVersion = hashOf(themeCss(accentPalette(DEFAULT_ACCENT)))

/** The theme of an accent colour (`#rrggbb`; anything else is the default's). */
export const themePath = (accentColor: string | undefined): string =>
  `${ASSETS_PATH}/theme-${(parseColor(accentColor) && accentColor ? accentColor : DEFAULT_ACCENT).slice(1).toLowerCase()}.${themeVersion}.css`

/** The file of that name, or undefined: then answer 404. */
export function findAsset(name: string): Asset | undefined {
  const theme = /^theme-([0-9a-f]{6})\.([\w-]{10})\.css$/.exec(name)
  if (theme?.[2] === themeVersion) return { body: themeCss(accentPalette(`#${theme[1]}`)), contentType: css.contentType }
  return named.get(name)
}

/** All files by name, with the themes of these accent colours: for those who write pages to disk. */
export const assetFiles = (accentColors: readonly (string | undefined)[]): readonly (Asset & { readonly name: string })[] => {
  const themes = [...new Set(accentColors.map((color) => themePath(color).slice(ASSETS_PATH.length + 1)))]
  return [...named.keys(), ...themes].flatMap((name) => {
    const asset = findAsset(name)
    return asset ? [{ name, ...asset }] : []
  })
}
