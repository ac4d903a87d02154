/** The face of this room: all the bridge knows of Microsoft. See README.md. */
export {
  type AppCredential,
  type ClientCertificate,
  type ClientSecret,
  MARKETPLACE_RESOURCE,
  type MicrosoftApp,
} from './app.ts'
export { microsoftsWords } from './failure.ts'
export type { AcceptedRequest, ActivatedPlan, MicrosoftFulfilment, OperationAnswer } from './fulfilment/types.ts'
export { createFulfilment } from './fulfilment.ts'
export type { IngestionFinding } from './ingestion/findings.ts'
export { type IngestionResource, kindOf, type ResourceKind, schemaOf } from './ingestion/resource.ts'
export { GRAPH_RESOURCE, ingestionFindings } from './ingestion/send.ts'
export {
  type ConfigureJob,
  type ConfigureKind,
  type IngestionPlan,
  type IngestionProduct,
  type IngestionSubmission,
  type IngestionTarget,
  type MicrosoftIngestion,
  type ResourceTree,
  TARGETS,
} from './ingestion/types.ts'
export {
  defaultIngestionVersions,
  type IngestionVersionName,
  type IngestionVersions,
  isIngestionVersion,
  isIngestionVersionName,
} from './ingestion/versions.ts'
export { createIngestion } from './ingestion.ts'
export { MAX_BATCH_EVENTS } from './metering/report.ts'
export { type JoinedVerdict, joinVerdicts, slotKey } from './metering/slots.ts'
export {
  type AcceptedUsage,
  type KnownReconStatus,
  type KnownUsageStatus,
  type MicrosoftMetering,
  RECON_STATUSES,
  type ReconStatus,
  USAGE_STATUSES,
  type UsageEvent,
  type UsageFault,
  type UsageQuestion,
  type UsageSlot,
  type UsageStatus,
  type UsageTotal,
  type UsageVerdict,
} from './metering/types.ts'
export { createMetering } from './metering.ts'
export {
  isFinal,
  type KnownAction,
  type KnownOperationStatus,
  type MicrosoftOperation,
  OPERATION_ACTIONS,
  OPERATION_STATUSES,
  type OperationAction,
  type OperationStatus,
} from './operation.ts'
export type { BillingTerm, IncludedQuantity, MeteringDimension, MicrosoftPlan } from './plan.ts'
export type { MicrosoftApi } from './request.ts'
export {
  allows,
  type KnownStatus,
  type MicrosoftParty,
  type MicrosoftSubscription,
  type PurchaseKind,
  purchaseKind,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
  type SubscriptionTerm,
  type TestReason,
} from './subscription.ts'
export type { TokenEndpoint } from './token/ask.ts'
export type { OwnClaims } from './token/own-claims.ts'
export { type CredentialProof, createTokens, type TokenSource, type TokenSourceOptions } from './token/source.ts'
export type { CallRecord, Traced } from './trace.ts'
export type { ExpectedToken, Issuers, TokenClaims, TokenVersion } from './webhook/claims.ts'
export { isRevert, type MicrosoftNotice, type NoticeReading, type NoticeSource, readNotice } from './webhook/notice.ts'
export { type BadToken, createTokenProof, type TokenProof, type TokenProofOptions, type VerifyMicrosoftToken } from './webhook/verify.ts'
