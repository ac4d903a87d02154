/** Every table, one file a room, as the migrations leave them. Types only: rows are read and written by the room that owns them. */
import type { ApiKeyTables } from './api-keys.ts'
import type { AttentionTables } from './attention.ts'
import type { BrakeTables } from './brakes.ts'
import type { CatalogueHistoryTables } from './catalogue-history.ts'
import type { ConnectWatchTables } from './connect-watch.ts'
import type { IdentityTables } from './identity.ts'
import type { ListingRequestTables } from './listing-requests.ts'
import type { ManagementTables } from './management.ts'
import type { NoticeTables } from './notices.ts'
import type { OfferContentTables } from './offer-contents.ts'
import type { OfferTickTables } from './offer-ticks.ts'
import type { PrivateOfferTables } from './private-offers.ts'
import type { PublicationTables } from './publications.ts'
import type { ReconcileTables } from './reconcile.ts'
import type { SubscriptionTables } from './subscriptions.ts'
import type { TenantTables } from './tenants.ts'
import type { UsageTables } from './usage.ts'
import type { UsageFileTables } from './usage-files.ts'
import type { UsageProofTables } from './usage-proof.ts'
import type { WorkTables } from './work.ts'

export type Tables = ApiKeyTables &
  WorkTables &
  TenantTables &
  OfferContentTables &
  PrivateOfferTables &
  OfferTickTables &
  PublicationTables &
  ListingRequestTables &
  CatalogueHistoryTables &
  SubscriptionTables &
  IdentityTables &
  NoticeTables &
  AttentionTables &
  ConnectWatchTables &
  ManagementTables &
  UsageTables &
  UsageFileTables &
  UsageProofTables &
  BrakeTables &
  ReconcileTables
