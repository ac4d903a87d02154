/** Reads one page of List Subscriptions. Source: Fulfilment API 2018-08-31, schema SubscriptionsResponse; an empty list may be `{}`. */
import { z } from 'zod'
import { listOf, optionalText, recordOrEmpty } from './primitives.ts'

/** The rows stay unread: one that cannot be read must not hide the others. */
export const page = recordOrEmpty.pipe(z.object({ subscriptions: listOf(z.unknown()), '@nextLink': optionalText }))
