/** An offer on its way to the store; the key is its id, without `-preview`. */
export const OFFER_WORK = 'offer'
