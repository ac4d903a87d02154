/** Identifiers in Connect's shapes, from counters: the same actions give the same ids. */
const digits = (n: number, width: number): string => String(n).padStart(width, '0')

/** `AS-2201-9917-0001`: groups of four digits, the last ones counting. */
const grouped = (prefix: string, fixed: string, n: number): string =>
  `${prefix}-${fixed}-${digits(Math.floor(n / 10_000) + 1, 4)}-${digits(n % 10_000, 4)}`

export interface Ids {
  asset(): string
  /** `PR-` with the asset's digits and a running number. */
  request(assetId: string): string
  tierAccount(): string
  tierConfig(): string
  /** `TCR-` with the configuration's digits and a running number. */
  tierConfigRequest(configId: string): string
  webhook(): string
  billingRequest(): string
  /** A code that cannot be guessed from the id; stable all the same. */
  formCode(requestId: string): string
}

export function createIds(): Ids {
  const counters = new Map<string, number>()
  const next = (kind: string): number => {
    const n = (counters.get(kind) ?? 0) + 1
    counters.set(kind, n)
    return n
  }
  const below = (prefix: string, parent: string): string =>
    `${prefix}-${parent.slice(parent.indexOf('-') + 1)}-${digits(next(`${prefix} ${parent}`), 3)}`
  return {
    asset: () => grouped('AS', '2201', next('AS')),
    request: (assetId) => below('PR', assetId),
    tierAccount: () => grouped('TA', '7700', 20_000 + next('TA')),
    tierConfig: () => `TC-417-${digits(Math.floor(next('TC') / 1000), 3)}-${digits((counters.get('TC') ?? 0) % 1000, 3)}`,
    tierConfigRequest: (configId) => below('TCR', configId),
    billingRequest: () => grouped('BRP', '6100', next('BRP')),
    webhook: () => `WH-310-441-${digits(next('WH'), 3)}`,
    formCode: (requestId) => {
      let hash = 2166136261
      for (const character of `form of ${requestId}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0
      return hash.toString(36).padStart(7, '0')
    },
  }
}
