/** What two sides know of the same offers, compared. */
export interface OfferSeen {
  readonly id: string
  readonly plans: readonly { readonly id: string; readonly dimensions: readonly string[] }[]
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
