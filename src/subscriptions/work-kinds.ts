/** Names of the subscriptions room's objects on the work list. */

/** A subscription; its key is Microsoft's subscription id. */
export const SUBSCRIPTION_WORK = 'subscription'
/** An operation to answer, apart from its subscription: the key is the operation's id. */
export const OPERATION_WORK = 'subscription.operation'
/** A subscription that entered another phase, for whoever works by phases; its key is Microsoft's subscription id. */
export const PHASE_WORK = 'subscription.phase'
/** The comparison of all of a tenant's subscriptions; the key is the tenant. */
export const RECONCILE_WORK = 'subscription.reconcile'
/** The walk through a tenant's list of subscriptions; the key is the tenant. */
export const DISCOVERY_WORK = 'subscription.discovery'
/** The reading of what has changed in Connect; the key is the tenant. */
export const CONNECT_WATCH_WORK = 'subscription.connectWatch'
/** Something a buyer or an operator asked for at Microsoft; the key is the action's id. */
export const ACTION_WORK = 'subscription.action'
/** The registration of Connect's webhooks; the key is the tenant. */
export const CONNECT_WEBHOOK_WORK = 'subscription.connectWebhook'
