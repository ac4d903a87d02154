/**
 * Reads the answer to a resolve. Source: Fulfilment API 2018-08-31, schema ResolvedSubscription. Early answers carry the flat
 * fields only; those never tell the status.
 */
import { z } from 'zod'
import { subscriptionId } from '../../kit/ids.ts'
import { recordOrEmpty } from './primitives.ts'

export const resolved = z.object({ id: subscriptionId, subscription: recordOrEmpty })
