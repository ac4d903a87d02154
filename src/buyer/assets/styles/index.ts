/** The stylesheet of the buyer's pages: tokens, elements, frame, stages, usage, form, print. Light and dark, phone to desktop. */
import { elements } from './elements.ts'
import { form } from './form.ts'
import { frame } from './frame.ts'
import { print } from './print.ts'
import { stages } from './stages.ts'
import { tokens } from './tokens.ts'
import { usage } from './usage.ts'

export const styles = [tokens, elements, frame, stages, usage, form, print].join('\n')
