/** What a product supports. Not versioned: a change applies at once to every version. */
import { z } from 'zod'
import { flag, number, part, text, word } from './read.ts'

const SCHEMAS = ['QT', 'TR', 'CR', 'PR'] as const

export interface Capabilities {
  /** Administrative hold: suspend and resume work. Without it Connect creates such requests already failed. */
  readonly hold: boolean
  /** A purchase can be validated as a draft first. */
  readonly cartValidation: boolean
  readonly changeValidation: boolean
  /** Values given while inquiring are validated by the vendor. */
  readonly inquiringValidation: boolean
  /** Ordering parameters may travel in a change request. */
  readonly editableOrderingParameters: boolean
  /** Highest tier with a configuration of its own; 0: none. */
  readonly tierConfigs: 0 | 1 | 2
  /** The vendor takes changed customer data. */
  readonly tierUpdates: boolean
  readonly tierValidation: boolean
  /** Which requests may carry a planned date. */
  readonly scheduling: Readonly<Record<'purchase' | 'change' | 'suspend' | 'resume' | 'cancel', boolean>>
  /** Pay-as-you-go: QT leaves the price to the distributor, TR, CR and PR carry amounts. Absent: the product has none. */
  readonly usageSchema?: (typeof SCHEMAS)[number] | 'unknown' | undefined
  /** Usage may invent items. */
  readonly dynamicItems: boolean
  /** Usage outside its file's period is allowed. */
  readonly lateUsage: boolean
  readonly futureUsage: boolean
}

const schemaWord = word(SCHEMAS)
const validation = part(z.object({ validation: flag }))
const scheduling = part(z.object({ scheduling: flag }))

/** Today's shape, and beside it `hold` and `billing` of older answers. */
export const capabilities = part(
  z.object({
    ppu: part(z.object({ ppu: flag, schema: text, dynamic: flag, late: flag, future: flag })),
    cart: validation,
    inquiring: validation,
    tiers: part(z.object({ updates: flag, validation: flag, configs: part(z.object({ level: number })) })),
    hold: flag,
    billing: part(z.object({ schema: text })),
    subscription: part(
      z.object({
        hold: flag,
        change: part(z.object({ editable_ordering_parameters: flag, validation: flag, scheduling: flag })),
        purchase: scheduling,
        suspend: scheduling,
        resume: scheduling,
        cancel: scheduling,
      }),
    ),
  }),
)

type Wire = z.output<typeof capabilities>

/** @param suspendResume the same fact in the older `configurations` block; the capabilities win. */
export function toCapabilities(wire: Wire, suspendResume?: boolean): Capabilities {
  const subscription = wire?.subscription
  return {
    hold: subscription?.hold ?? wire?.hold ?? suspendResume ?? false,
    cartValidation: wire?.cart?.validation ?? false,
    changeValidation: subscription?.change?.validation ?? false,
    inquiringValidation: wire?.inquiring?.validation ?? false,
    editableOrderingParameters: subscription?.change?.editable_ordering_parameters ?? false,
    tierConfigs: tierConfigLevel(wire),
    tierUpdates: wire?.tiers?.updates ?? false,
    tierValidation: wire?.tiers?.validation ?? false,
    scheduling: {
      purchase: subscription?.purchase?.scheduling ?? false,
      change: subscription?.change?.scheduling ?? false,
      suspend: subscription?.suspend?.scheduling ?? false,
      resume: subscription?.resume?.scheduling ?? false,
      cancel: subscription?.cancel?.scheduling ?? false,
    },
    usageSchema: usageSchema(wire),
    dynamicItems: wire?.ppu?.dynamic ?? false,
    lateUsage: wire?.ppu?.late ?? false,
    futureUsage: wire?.ppu?.future ?? false,
  }
}

function tierConfigLevel(wire: Wire): 0 | 1 | 2 {
  const configs = wire?.tiers?.configs
  if (!configs) return 0
  return configs.level === 2 ? 2 : 1
}

function usageSchema(wire: Wire): Capabilities['usageSchema'] {
  const schema = wire?.ppu ? (wire.ppu.schema ?? '') : wire?.billing?.schema
  return schema === undefined || wire?.ppu?.ppu === false ? undefined : schemaWord.parse(schema)
}
