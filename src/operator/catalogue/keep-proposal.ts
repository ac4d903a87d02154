/** Keeping a proposal: offers, plans and plan map become what was proposed; who did it is in the history of each offer that is new or changed. */
import { addHistory, type KeepDeps, keepProposal, type Proposed } from '../../catalogue/index.ts'
import { offerId, type TenantId } from '../../kit/ids.ts'
import { nameOf, type Operator } from '../operator.ts'

export function keepProposed(
  deps: KeepDeps,
  tenantId: TenantId,
  { product, offers, facts }: Pick<Proposed, 'product' | 'offers' | 'facts'>,
  operator: Operator,
) {
  const kept = offers.filter((offer) => !offer.made || offer.plans.some(({ made }) => !made))
  const signed = { by: nameOf(operator), at: deps.clock.now() }
  return keepProposal(
    {
      ...deps,
      async onChange(tx) {
        for (const { id } of kept)
          await addHistory(tx, { tenantId, productId: product.id, offerId: offerId.parse(id) }, signed, { what: 'proposalKept' })
        await deps.onChange?.(tx)
      },
    },
    tenantId,
    product.id,
    offers,
    { facts, by: signed.by },
  )
}
