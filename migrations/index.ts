/** Every migration, in the order it runs. Forward only; named for the change; a released one is never edited. */
import type { Migration } from 'kysely'
import * as workList from './0001_work_list.ts'
import * as tenants from './0002_tenants.ts'
import * as subscriptions from './0003_subscriptions.ts'
import * as identity from './0004_identity.ts'
import * as notices from './0005_notices.ts'
import * as attention from './0006_attention.ts'
import * as connectWatch from './0007_connect_watch.ts'
import * as managementActions from './0008_management_actions.ts'
import * as subscriptionPhases from './0020_subscription_phases.ts'
import * as usage from './0021_usage.ts'
import * as brakes from './0030_brakes.ts'
import * as reconcile from './0031_reconcile.ts'
import * as retry from './0040_retry.ts'
import * as apiKeys from './0041_api_keys.ts'
import * as connectWebhooks from './0042_connect_webhooks.ts'
import * as usageFiles from './0043_usage_files.ts'
import * as failingSince from './0044_failing_since.ts'
import * as noticeReplies from './0045_notice_replies.ts'
import * as usageProof from './0046_usage_proof.ts'
import * as renewals from './0060_renewals.ts'
import * as usageUnanswered from './0061_usage_unanswered.ts'
import * as usageDimensionNames from './0062_usage_dimension_names.ts'
import * as usageReportedTwice from './0063_usage_reported_twice.ts'
import * as usageDecisions from './0064_usage_decisions.ts'
import * as usageUnsettled from './0065_usage_unsettled.ts'
import * as usageIntake from './0066_usage_intake.ts'
import * as offerContent from './0070_offer_content.ts'
import * as offerTicks from './0071_offer_ticks.ts'
import * as offerPublications from './0075_offer_publications.ts'
import * as partnerCenterCredential from './0080_partner_center_credential.ts'
import * as credentialChecks from './0081_credential_checks.ts'
import * as declarations from './0082_declarations.ts'
import * as reconcileTestPurchases from './0083_reconcile_test_purchases.ts'
import * as privateOfferActions from './0086_private_offer_actions.ts'
import * as listingRequests from './0088_listing_requests.ts'
import * as foundPlans from './0089_found_plans.ts'
import * as subscriptionSources from './0090_subscription_sources.ts'
import * as productSnapshots from './0091_product_snapshots.ts'
import * as offersLeaveTheStore from './0092_offers_leave_the_store.ts'
import * as offerHistory from './0095_offer_history.ts'
import * as managementActionNames from './0096_management_action_names.ts'
import * as usageStopActs from './0097_usage_stop_acts.ts'
import * as installationSignInChecks from './0098_installation_sign_in_checks.ts'
import * as noticeTenants from './0099_notice_tenants.ts'

export interface NamedMigration {
  readonly name: string
  readonly migration: Migration
}

export const migrations: readonly NamedMigration[] = [
  { name: '0001_work_list', migration: workList },
  { name: '0002_tenants', migration: tenants },
  { name: '0003_subscriptions', migration: subscriptions },
  { name: '0004_identity', migration: identity },
  { name: '0005_notices', migration: notices },
  { name: '0006_attention', migration: attention },
  { name: '0007_connect_watch', migration: connectWatch },
  { name: '0008_management_actions', migration: managementActions },
  { name: '0020_subscription_phases', migration: subscriptionPhases },
  { name: '0021_usage', migration: usage },
  { name: '0030_brakes', migration: brakes },
  { name: '0031_reconcile', migration: reconcile },
  { name: '0040_retry', migration: retry },
  { name: '0041_api_keys', migration: apiKeys },
  { name: '0042_connect_webhooks', migration: connectWebhooks },
  { name: '0043_usage_files', migration: usageFiles },
  { name: '0044_failing_since', migration: failingSince },
  { name: '0045_notice_replies', migration: noticeReplies },
  { name: '0046_usage_proof', migration: usageProof },
  { name: '0060_renewals', migration: renewals },
  { name: '0061_usage_unanswered', migration: usageUnanswered },
  { name: '0062_usage_dimension_names', migration: usageDimensionNames },
  { name: '0063_usage_reported_twice', migration: usageReportedTwice },
  { name: '0064_usage_decisions', migration: usageDecisions },
  { name: '0065_usage_unsettled', migration: usageUnsettled },
  { name: '0066_usage_intake', migration: usageIntake },
  { name: '0070_offer_content', migration: offerContent },
  { name: '0071_offer_ticks', migration: offerTicks },
  { name: '0075_offer_publications', migration: offerPublications },
  { name: '0080_partner_center_credential', migration: partnerCenterCredential },
  { name: '0081_credential_checks', migration: credentialChecks },
  { name: '0082_declarations', migration: declarations },
  { name: '0083_reconcile_test_purchases', migration: reconcileTestPurchases },
  { name: '0086_private_offer_actions', migration: privateOfferActions },
  { name: '0088_listing_requests', migration: listingRequests },
  { name: '0089_found_plans', migration: foundPlans },
  { name: '0090_subscription_sources', migration: subscriptionSources },
  { name: '0091_product_snapshots', migration: productSnapshots },
  { name: '0092_offers_leave_the_store', migration: offersLeaveTheStore },
  { name: '0095_offer_history', migration: offerHistory },
  { name: '0096_management_action_names', migration: managementActionNames },
  { name: '0097_usage_stop_acts', migration: usageStopActs },
  { name: '0098_installation_sign_in_checks', migration: installationSignInChecks },
  { name: '0099_notice_tenants', migration: noticeTenants },
]
