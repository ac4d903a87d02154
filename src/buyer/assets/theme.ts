/** The accent colour's own stylesheet: only variables, so that no page needs inline style. */
import type { AccentPalette, AccentTones } from '../views/accent.ts'

export const themeCss = ({ light, dark }: AccentPalette): string =>
  `:root{${variables(light)}}\n@media (prefers-color-scheme:dark){:root{${variables(dark)}}}\n@media print{:root{${variables(light)}}}\n`

const variables = (tones: AccentTones): string =>
  `--accent:${tones.accent};--accent-strong:${tones.strong};--accent-soft:${tones.soft};--on-accent:${tones.onAccent}`
