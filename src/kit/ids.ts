/**
 * Branded ids: plain text at run time, but the wrong one does not compile. They are made by parsing at the border with the
 * schemas below; shapes are never checked more strictly than the owner promises (Connect's digit groups differ by year).
 */
import { z } from 'zod'

const shortText = z.string().trim().min(1).max(255)
const guid = z
  .string()
  .trim()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'expected a GUID')
  .transform((text) => text.toLowerCase())

/** One publisher account served by this installation: our own slug, part of the two URLs typed into Partner Center. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'expected 1 to 63 of a-z, 0-9 and -, not at either end')
  .brand<'TenantId'>()
export type TenantId = z.infer<typeof tenantId>

/** Connect: product (`PRD-…`). */
export const productId = shortText.brand<'ProductId'>()
export type ProductId = z.infer<typeof productId>
/** Connect: item, by its global id (`PRD-…-0001`). */
export const itemId = shortText.brand<'ItemId'>()
export type ItemId = z.infer<typeof itemId>
/** Connect: asset (`AS-…`). */
export const assetId = shortText.brand<'AssetId'>()
export type AssetId = z.infer<typeof assetId>
/** Connect: asset request (`PR-…`). */
export const requestId = shortText.brand<'RequestId'>()
export type RequestId = z.infer<typeof requestId>
/** Connect: connection of a product to a hub (`CT-…`). */
export const connectionId = shortText.brand<'ConnectionId'>()
export type ConnectionId = z.infer<typeof connectionId>
/** Connect: hub (`HB-…`). */
export const hubId = shortText.brand<'HubId'>()
export type HubId = z.infer<typeof hubId>
/** Connect: marketplace (`MP-…`). */
export const marketplaceId = shortText.brand<'MarketplaceId'>()
export type MarketplaceId = z.infer<typeof marketplaceId>
/** Connect: the vendor's request about a listing (`LSTR-…`). */
export const listingRequestId = shortText.brand<'ListingRequestId'>()
export type ListingRequestId = z.infer<typeof listingRequestId>
/** Connect: usage file (`UF-…`). */
export const usageFileId = shortText.brand<'UsageFileId'>()
export type UsageFileId = z.infer<typeof usageFileId>
/** Connect: usage record (`UR-…`, a prefix users have too). */
export const usageRecordId = shortText.brand<'UsageRecordId'>()
export type UsageRecordId = z.infer<typeof usageRecordId>

/** Microsoft: offer of a publisher, without the `-preview` suffix. */
export const offerId = shortText.brand<'OfferId'>()
export type OfferId = z.infer<typeof offerId>
/** Microsoft: plan, unique within its offer only. */
export const planId = shortText.brand<'PlanId'>()
export type PlanId = z.infer<typeof planId>
/** Microsoft: SaaS subscription (not an Azure subscription). */
export const subscriptionId = guid.brand<'SubscriptionId'>()
export type SubscriptionId = z.infer<typeof subscriptionId>
/** Microsoft: asynchronous operation on a subscription. */
export const operationId = guid.brand<'OperationId'>()
export type OperationId = z.infer<typeof operationId>
/** Microsoft: what a flat-rate plan meters, unique within its offer only. */
export const dimensionId = shortText.brand<'DimensionId'>()
export type DimensionId = z.infer<typeof dimensionId>
/** Microsoft: one accepted usage event; the proof that an hour was billed. */
export const usageEventId = guid.brand<'UsageEventId'>()
export type UsageEventId = z.infer<typeof usageEventId>

/** Partner Center: an offer, by the GUID Microsoft gave it (also in the portal's address), not by its offer id. */
export const partnerCenterProductId = guid.brand<'PartnerCenterProductId'>()
export type PartnerCenterProductId = z.infer<typeof partnerCenterProductId>
/** Partner Center: a job that carries out what was sent. */
export const configureJobId = shortText.brand<'ConfigureJobId'>()
export type ConfigureJobId = z.infer<typeof configureJobId>

/** Entra: directory (tenant) id. */
export const entraTenantId = guid.brand<'EntraTenantId'>()
export type EntraTenantId = z.infer<typeof entraTenantId>
/** Entra: a user's object id, unique within a directory. */
export const entraObjectId = guid.brand<'EntraObjectId'>()
export type EntraObjectId = z.infer<typeof entraObjectId>
/** Entra: application (client) id. */
export const entraClientId = guid.brand<'EntraClientId'>()
export type EntraClientId = z.infer<typeof entraClientId>

/** Ours: one attention item. */
export const attentionItemId = guid.brand<'AttentionItemId'>()
export type AttentionItemId = z.infer<typeof attentionItemId>
/** Ours: something a buyer or an operator asked for at Microsoft. */
export const actionId = guid.brand<'ActionId'>()
export type ActionId = z.infer<typeof actionId>
