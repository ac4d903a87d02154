/** What a look at a listing request found, kept for people. */
import { z } from 'zod'
import type { Json } from '../../kit/json.ts'
import { offerStages } from '../rules/listing/view.ts'

const next = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: z.enum(['publish', 'deploy', 'complete', 'cancel']) }),
  z.object({ kind: z.literal('wait'), for: z.enum(['vendor', 'preview', 'live', 'end', 'yes', 'offer']) }),
  z.object({
    kind: z.literal('attention'),
    why: z.enum([
      ...['notAdded', 'problems', 'changes', 'confirmDeploy', 'confirmComplete', 'confirmRemoval'],
      ...['toPublish', 'stillOffered', 'untold', 'unclear'],
    ] as const),
  }),
  z.object({ kind: z.literal('over') }),
])

const findings = z.object({
  next,
  stage: z.enum(offerStages),
  /** Of each offer of the product. */
  offers: z.array(z.object({ id: z.string(), stage: z.enum(offerStages) })),
  /** What is in the way, and what the version brings, in sentences. */
  problems: z.array(z.string()),
  changes: z.array(z.string()),
  /** Offers the request takes further, once it may go on. */
  sends: z.array(z.object({ id: z.string(), to: z.enum(['draft', 'preview', 'live', 'ended']), asks: z.boolean() })).default([]),
  /** What the offers wait for, or what holds them up. */
  offerSays: z.array(z.string()).default([]),
})
export type Findings = z.output<typeof findings>

/** Undefined for what an other version of the bridge wrote. */
export const readFindings = (stored: Json | unknown): Findings | undefined => findings.safeParse(stored).data
