import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentPalette, contrast, DARK_BACKGROUNDS, LIGHT_BACKGROUNDS, parseColor } from './accent.ts'

const hexColor = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const rgb = (text: string) => {
  const read = parseColor(text)
  if (!read) throw new RangeError(text)
  return read
}

test('whatever the publisher’s colour, it can be read on every background, and so can the text on it', () => {
  fc.assert(
    fc.property(hexColor, (color) => {
      const { light, dark } = accentPalette(color)
      for (const [tones, grounds] of [
        [light, LIGHT_BACKGROUNDS],
        [dark, DARK_BACKGROUNDS],
      ] as const) {
        for (const ground of [...grounds, tones.soft]) expect(contrast(rgb(tones.accent), rgb(ground))).toBeGreaterThanOrEqual(4.5)
        for (const fill of [tones.accent, tones.strong]) expect(contrast(rgb(tones.onAccent), rgb(fill))).toBeGreaterThanOrEqual(4.5)
      }
    }),
    { numRuns: 800 },
  )
})

test('text on the accent’s tint stays readable in the page’s own text colours', () => {
  fc.assert(
    fc.property(hexColor, (color) => {
      const { light, dark } = accentPalette(color)
      expect(contrast(rgb(light.soft), rgb('#555d6e'))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(dark.soft), rgb('#a9b1c2'))).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 800 },
  )
})

test('a colour that reads well already is left as it is', () => {
  expect(accentPalette('#0f5cc0').light.accent).toBe('#0f5cc0')
})

test('what is no colour becomes the default', () => {
  for (const text of [undefined, '', 'red', '#fff', '#12345g', '#123456;}']) expect(accentPalette(text)).toEqual(accentPalette('#0f5cc0'))
})
