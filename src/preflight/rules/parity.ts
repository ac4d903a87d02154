/** What two sides know of the same offers, compared. */
export interface OfferSeen {
  readonly id: string
  readonly plans: readonly PlanSeen[]
}

export interface PlanSeen {
  readonly id: string
  readonly dimensions: readonly string[]
  /** By the seat, or flat; absent where it is not known. */
  readonly perSeat?: boolean | undefined
}

type Offers = readonly OfferSeen[]

/** Plans of `these` that are not among `those`. */
export const differences = (these: Offers, those: Offers): readonly string[] =>
  these.flatMap((offer) => {
    const other = those.find(({ id }) => id === offer.id)
    return offer.plans.filter((plan) => !other?.plans.some(({ id }) => id === plan.id)).map((plan) => `${offer.id} / ${plan.id}`)
  })

/** Dimensions of plans both know that only `these` have. */
export const dimensionDifferences = (these: Offers, those: Offers): readonly string[] =>
  these.flatMap((offer) =>
    offer.plans.flatMap((plan) => {
      const other = those.find(({ id }) => id === offer.id)?.plans.find(({ id }) => id === plan.id)
      return other ? plan.dimensions.filter((id) => !other.dimensions.includes(id)).map((id) => `${offer.id} / ${plan.id} / ${id}`) : []
    }),
  )

/** Plans both know that are sold by the seat on one side, and flat on the other. */
export const otherPricing = (mapped: Offers, seen: Offers): readonly string[] =>
  mapped.flatMap((offer) =>
    offer.plans.flatMap(({ id, perSeat }) => {
      const other = seen.find((one) => one.id === offer.id)?.plans.find((plan) => plan.id === id)?.perSeat
      if (perSeat === undefined || other === undefined || perSeat === other) return []
      return [`${offer.id} / ${id} is sold ${other ? 'by the seat' : 'flat'}, and mapped as ${perSeat ? 'seats' : 'Pay-as-you-go'}`]
    }),
  )
