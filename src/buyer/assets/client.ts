/**
 * The pages' one script: dependent questions and messages in the form, one send per form, the living status, times as the reader's clock
 * shows them. Every page works without it. The rule of the questions is the server's own (`answerStates`), not a second one.
 */
import { answerStates } from '../form/answer-states.ts'
import { isJsonObject } from '../form/text-format.ts'
import { formScript } from './client/form.ts'
import { liveScript } from './client/live.ts'
import { timeScript } from './client/times.ts'

/** The server's own functions, as text. */
export const sharedRules = `const answerStates = ${answerStates.toString()}
const isJsonObject = ${isJsonObject.toString()}`

export const clientScript = [sharedRules, timeScript, formScript, liveScript].join('\n')
