/** Names of listing requests on the work list. */

/** The open requests of a tenant in Connect; the key is the tenant. */
export const LISTINGS_WORK = 'listing.requests'
/** One request; the key is Connect's id of it. */
export const LISTING_WORK = 'listing.request'
