/** The catalogue room: products in Connect as offers at Microsoft. See README.md. */
export { type Checklist, offerChecklist, type SeenField, type Ticks, tickFields } from './checklist/checklist.ts'
export { type HistoryEvent, sayEvent } from './history/event.ts'
export { addHistory, type HistoryEntry, type HistorySubject, readHistory } from './history/store.ts'
export { itemsOf, keepHandmade } from './import/keep.ts'
export { type FoundOffer, findHandmade, type Handmade, type ImportDeps, type ImportKey } from './import/read.ts'
export { type KeepDeps, type KeptOffers, keepProposal, keptOffers } from './kept-offers.ts'
export {
  type Findings,
  judgeWord,
  type ListingDeps,
  type ListingKey,
  listingInWords,
  listingRequestLook,
  listingRequestsLook,
  listListingRequests,
  loadListingRequest,
  type SaidWord,
  type StoredListingRequest,
  sayWord,
  type WhyNot,
  wakeListingRequests,
} from './listing-requests/index.ts'
export { fileProblems } from './offer-files.ts'
export { ask as askForPrivateOffer } from './private-offers/ask.ts'
export { type CustomPlanDeps, createPrivateOffersOf } from './private-offers/custom-plans.ts'
export { dayOf, type PrivateOfferDeps } from './private-offers/deps.ts'
export { followAll as followPrivateOffers } from './private-offers/follow.ts'
export { judgeDraft } from './private-offers/judge.ts'
export { findShown as findPrivateOffer, readAll as readPrivateOffers, type ShownOffer } from './private-offers/read.ts'
export { type PrivateOfferAction, readActions as readPrivateOfferActions } from './private-offers/store.ts'
export { factsOf, readProductFacts } from './product-facts.ts'
export { type Choices, type ConnectChoices, choicesFor, type ProductRow, productsAtConnect } from './products-at-connect.ts'
export { type ProposeDeps, type Proposed, proposeOffers, showOffers, type Wishes } from './propose.ts'
export { offerLook } from './publication/converge.ts'
export type { ObserveDeps, PublishDeps } from './publication/deps.ts'
export { type OfferPlanned, planOffer } from './publication/plan.ts'
export type { Publication, PublicationKey, Standing } from './publication/record.ts'
export { listPublications, readPublication } from './publication/store.ts'
export { ensureWanted, type WantedBy, wakeOffers, wantOffer } from './publication/want.ts'
export type { WantedDeps } from './publication/wanted.ts'
export { OFFER_WORK } from './publication/work-kind.ts'
export { acceptResync } from './resync/accept.ts'
export { type ResyncDeps, resyncLook } from './resync/look.ts'
export { observeProduct, type ResyncKey, type ResyncObserveDeps, type ResyncSeen } from './resync/observe.ts'
export { readSnapshot, saveSnapshot } from './resync/snapshot.ts'
export { RESYNC_WORK, wakeResync } from './resync/wake.ts'
export { mediaRoute } from './routes/media.ts'
export { checkOffer } from './rules/check-offer.ts'
export type { Difference } from './rules/difference.ts'
export type { ItemFacts, ProductFacts } from './rules/facts.ts'
export type { OfferItem, OfferPlan, OfferProposal } from './rules/offer.ts'
export { offersFor, type Proposal } from './rules/offers-for.ts'
export { type Placement, placementOf } from './rules/placement.ts'
export { checkDays } from './rules/private-offers/check.ts'
export { isDay } from './rules/private-offers/days.ts'
export { type DraftPricing, type OwnPrice, type PlanRef, type PrivateOfferDraft, plansOf } from './rules/private-offers/draft.ts'
export { type PrivateOfferStep, privateOfferSteps, whyNot } from './rules/private-offers/may.ts'
export { type PrivateOffer, type PrivateOfferStatus, statusOf, statusWords } from './rules/private-offers/private-offer.ts'
export { blocksDraft, type PrivateOfferProblem, privateOfferProblems, sayDraftProblem } from './rules/private-offers/problems.ts'
export { liveResource, withdrawnResource } from './rules/private-offers/request.ts'
export { isPublishable, type Problem, type ProblemCode, problemCatalogue, type Severity, sentenceOf, severityOf } from './rules/problems.ts'
export type { Goal } from './rules/publishing/view.ts'
export type { Taking } from './rules/resync-accept.ts'
export { defaultSettings, type OfferSettings } from './rules/settings.ts'
export { setupFileOf } from './set-up-file.ts'
export { type MappingChange, type MappingPlan, planMapping } from './write-back/plan.ts'
