/** The publisher's colour, made safe to read in light and dark (WCAG 2.2, 1.4.3: 4.5 to 1), whatever colour it is. Pure. */

export type Rgb = readonly [red: number, green: number, blue: number]

export interface AccentTones {
  /** Links, icons, borders of what is chosen: readable on every background of the page. */
  readonly accent: string
  /** Under the pointer. */
  readonly strong: string
  /** A tint to lay behind text. */
  readonly soft: string
  /** Text on `accent`. */
  readonly onAccent: string
}

export interface AccentPalette {
  readonly light: AccentTones
  readonly dark: AccentTones
}

export const DEFAULT_ACCENT = '#0f5cc0'
const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** The page and the surface of cards, as in the stylesheet's tokens; so are the muted text colours below. */
export const LIGHT_BACKGROUNDS = ['#f5f6f9', '#ffffff'] as const
export const DARK_BACKGROUNDS = ['#12151c', '#1b1f29'] as const
/** A little more than the rule asks, for rounding. */
const READABLE = 4.6

/** `#rrggbb`, or undefined for anything else. */
export function parseColor(text: string | undefined): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text ?? '')
  return hex ? [channel(hex[1]), channel(hex[2]), channel(hex[3])] : undefined
}

export function accentPalette(color: string | undefined): AccentPalette {
  const base = parseColor(color) ?? parseColor(DEFAULT_ACCENT) ?? BLACK
  return { light: tones(base, LIGHT_BACKGROUNDS, '#555d6e', 0.1, BLACK), dark: tones(base, DARK_BACKGROUNDS, '#a9b1c2', 0.28, WHITE) }
}

/** Moves the colour toward `toward` until it is readable on all backgrounds and on its own tint. */
function tones(base: Rgb, backgrounds: readonly string[], mutedText: string, tint: number, toward: Rgb): AccentTones {
  const plain = backgrounds.map(known)
  const soft = softest(plain.at(-1) ?? base, base, tint, known(mutedText))
  const grounds = [...plain, soft]
  const accent = firstReadable(base, toward, grounds)
  const onAccent = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK
  return { accent: hex(accent), strong: hex(mix(accent, toward, 0.18)), soft: hex(soft), onAccent: hex(onAccent) }
}

/** The strongest tint on which the page's muted text still reads. */
const softest = (surface: Rgb, base: Rgb, tint: number, mutedText: Rgb): Rgb =>
  STEPS.map((share) => mix(surface, base, tint * (1 - share))).find((tone) => contrast(tone, mutedText) >= READABLE) ?? surface

const firstReadable = (base: Rgb, toward: Rgb, grounds: readonly Rgb[]): Rgb =>
  STEPS.map((share) => mix(base, toward, share)).find((tone) => grounds.every((ground) => contrast(tone, ground) >= READABLE)) ?? toward

const STEPS = Array.from({ length: 51 }, (_, at) => at / 50)

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

/** WCAG 2.2 relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
]

const known = (color: string): Rgb => parseColor(color) ?? BLACK
const channel = (text: string | undefined): number => Number.parseInt(text ?? '0', 16)
const hex = (color: Rgb): string => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`
