/** The script of misbehaviour: which calls of which world go wrong, how, and how often. Pure but for the counting. */
import { z } from 'zod'

const times = z.number().int().min(1).max(10_000).default(1)
const skip = z.number().int().min(0).default(0)

/** A fault of a call into one of the worlds. `AfterEffect`: the call does its work, and only then its answer is spoilt. */
export const callFault = z.strictObject({
  world: z.enum(['marketplace', 'entra', 'connect', 'partnerCenter']),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** A regular expression, searched in the path (without query). */
  path: z.string().refine(isPattern, 'expected a regular expression').optional(),
  kind: z.enum(['status', 'statusAfterEffect', 'hang', 'hangAfterEffect', 'lateEffect', 'delay']),
  /** The status answered by `status` and `statusAfterEffect`. */
  status: z.number().int().min(400).max(599).default(500),
  /** The words of that answer, in the shape of its world's own refusals. */
  says: z.string().optional(),
  /** Seconds, sent as `Retry-After`. */
  retryAfter: z.number().int().min(0).optional(),
  /** Milliseconds: of real time for `delay`, of the sandbox's clock for `lateEffect`. */
  delay: z.number().int().min(0).max(600_000).default(0),
  /** So many calls it spoils, then it is used up. */
  times,
  /** So many matching calls it lets pass first. */
  skip,
})

/** A fault of Microsoft's notifications to the bridge. */
export const webhookFault = z.strictObject({
  world: z.literal('webhook'),
  /** `duplicate` sends twice; `late` sends after `delay`; `drop` loses it for good; `reorder` holds it until the next one has been sent. */
  kind: z.enum(['duplicate', 'late', 'drop', 'reorder']),
  /** Only this action, e.g. `ChangePlan`. */
  action: z.string().optional(),
  /** Milliseconds of the sandbox's clock, for `late`. */
  delay: z.number().int().min(0).default(5_000),
  times,
  skip,
})

/** A fault of one event in an answer of the metering API. */
const usageFault = z.strictObject({
  world: z.literal('usage'),
  /** `verdict` answers `status` instead of the event's own verdict; `omit` says nothing about it. */
  kind: z.enum(['verdict', 'omit']),
  /** Any word, also one nobody knows. */
  status: z.string().default('Error'),
  /** The event is recorded all the same. */
  afterEffect: z.boolean().default(false),
  /** Only this dimension. */
  dimension: z.string().optional(),
  times,
  skip,
})

/** A fault of Connect's webhook calls: `duplicate` calls twice, `late` after `delay`, `drop` never. */
const pokeFault = z.strictObject({
  world: z.literal('connectWebhook'),
  kind: z.enum(['duplicate', 'late', 'drop']),
  /** Milliseconds of the sandbox's clock, for `late`. */
  delay: z.number().int().min(0).default(5_000),
  times,
  skip,
})

export const fault = z.discriminatedUnion('world', [callFault, webhookFault, usageFault, pokeFault])

export type CallFault = z.infer<typeof callFault>
export type WebhookFault = z.infer<typeof webhookFault>
export type UsageFault = z.infer<typeof usageFault>
export type PokeFault = z.infer<typeof pokeFault>
export type Fault = CallFault | WebhookFault | UsageFault | PokeFault
/** A fault as a test writes it: what has a default may be left out. */
export type FaultInput = z.input<typeof fault>

export interface Call {
  readonly world: CallFault['world']
  readonly method: string
  readonly path: string
}

export interface Faults {
  /** @throws ZodError when it is not written as described. */
  add(input: FaultInput): Fault
  /** What is left of the script, with the counts still to go. */
  list(): readonly Fault[]
  clear(): void
  /** The fault that strikes this call, if any, counted as used. */
  strikeCall(call: Call): CallFault | undefined
  strikeWebhook(action: string): WebhookFault | undefined
  strikeUsage(dimension: string): UsageFault | undefined
  strikePoke(): PokeFault | undefined
}

export function createFaults(): Faults {
  let script: Fault[] = []

  function strike<T extends Fault>(match: (fault: Fault) => fault is T): T | undefined {
    for (const [index, candidate] of script.entries()) {
      if (!match(candidate)) continue
      if (candidate.skip > 0) {
        script[index] = { ...candidate, skip: candidate.skip - 1 }
        continue
      }
      script[index] = { ...candidate, times: candidate.times - 1 }
      script = script.filter((entry) => entry.times > 0)
      return candidate
    }
    return undefined
  }

  return {
    add(input) {
      const parsed = fault.parse(input)
      script.push(parsed)
      return parsed
    },
    list: () => [...script],
    clear() {
      script = []
    },
    strikeCall: (call) => strike((candidate): candidate is CallFault => isCallFault(candidate) && fits(candidate, call)),
    strikeWebhook: (action) =>
      strike((candidate): candidate is WebhookFault => candidate.world === 'webhook' && (candidate.action ?? action) === action),
    strikeUsage: (dimension) =>
      strike((candidate): candidate is UsageFault => candidate.world === 'usage' && (candidate.dimension ?? dimension) === dimension),
    strikePoke: () => strike((candidate): candidate is PokeFault => candidate.world === 'connectWebhook'),
  }
}

const isCallFault = (candidate: Fault): candidate is CallFault =>
  candidate.world !== 'webhook' && candidate.world !== 'usage' && candidate.world !== 'connectWebhook'

const fits = (candidate: CallFault, call: Call): boolean =>
  candidate.world === call.world &&
  (candidate.method ?? call.method) === call.method &&
  (candidate.path === undefined || new RegExp(candidate.path).test(call.path))

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
