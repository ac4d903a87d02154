import { z } from 'zod'
import { connectionId, hubId } from '../../kit/ids.ts'

export const connection = z.strictObject({ hub: hubId, connection: connectionId })
export type Connection = z.infer<typeof connection>

/**
 * Where a product's orders go at Connect: one connection per environment. Preview, test and sandbox purchases belong to `test`;
 * without one they become attention, never an order at the production vendor.
 */
export const connections = z
  .strictObject({ production: connection.optional(), test: connection.optional() })
  .refine(({ production, test }) => production !== undefined || test !== undefined, 'expected production, test or both')
  .refine(
    ({ production, test }) => production?.connection !== test?.connection || production === undefined,
    'expected different connections for production and test',
  )
export type Connections = z.infer<typeof connections>
