/** How Partner Center behaves where the real one is slow, unclear or odd. All can be changed while it runs. */
import { z } from 'zod'
import { days } from '../../src/kit/time.ts'

const length = z.number().int().min(0).max(days(30))

const partnerCenterOptions = z.strictObject({
  /** How long a job takes that changes drafts. Milliseconds on the sandbox's clock; default 300. */
  draftTakes: length,
  /** Until a submission is at work. Default 300 ms. */
  submissionStartsAfter: length,
  /** From then until the preview stands, certification included: at Microsoft up to four days. Default 3 s. */
  previewTakes: length,
  /** From the go-live until buyers see it. Default 2 s. */
  liveTakes: length,
  /** How long a private offer's job takes. Default 500 ms. */
  privateOfferTakes: length,
  /** What becomes of submissions: passed, failed, or waiting until somebody decides on the page. */
  certification: z.enum(['pass', 'fail', 'manual']),
  /** After business faults the faultless resources of a request are written all the same, as the documents say may happen. */
  partialWrites: z.boolean(),
  /** Echoed ids in requests that need none: accepted as by the documents, or "Invalid resource" as observed. */
  idsInRequests: z.enum(['accepted', 'refused']),
  /** `$version` on the URL: compulsory by the documents, left out by clients that live. */
  versionParameter: z.enum(['optional', 'required']),
  /** Resources newer than the `$version` of the call. */
  newerThanCeiling: z.enum(['accepted', 'refused']),
  /** Drafts of a product while one of its submissions runs. */
  draftWhilePublishing: z.enum(['accepted', 'locked']),
  /** Going live with a preview that is older than the draft: "not the latest", or published as it is. */
  liveOfOlderPreview: z.enum(['accepted', 'refused']),
  /** `GET configure/{job}` of a job that failed. */
  detailOfFailedJob: z.enum(['served', 'notFound']),
  /** A plan by its id when its draft holds nothing new. */
  planWithoutChanges: z.enum(['served', 'notFound']),
  /** What stands below a new product at once: all that apply, or nothing. */
  onCreation: z.enum(['allResources', 'nothing']),
  /** Rows in a page of a list, when the caller does not ask for fewer. */
  pageSize: z.number().int().min(1).max(100),
  /** Whether the app has the role it needs. */
  appRole: z.enum(['manager', 'none']),
  /** The order of resources in a tree changes from read to read. */
  shuffledTrees: z.boolean(),
})

export type PartnerCenterOptions = Readonly<z.infer<typeof partnerCenterOptions>>

/** Some of the options; what is left out stays as it is. */
export const partnerCenterOptionsChange = partnerCenterOptions.partial()
export type PartnerCenterOptionsChange = z.infer<typeof partnerCenterOptionsChange>

/** @throws ZodError for values out of bounds. */
export const changeOptions = (before: PartnerCenterOptions, change: PartnerCenterOptionsChange): PartnerCenterOptions =>
  partnerCenterOptions.parse({ ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) })

export const defaultOptions: PartnerCenterOptions = {
  draftTakes: 300,
  submissionStartsAfter: 300,
  previewTakes: 3_000,
  liveTakes: 2_000,
  privateOfferTakes: 500,
  certification: 'pass',
  partialWrites: false,
  idsInRequests: 'refused',
  versionParameter: 'optional',
  newerThanCeiling: 'accepted',
  draftWhilePublishing: 'locked',
  liveOfOlderPreview: 'refused',
  detailOfFailedJob: 'notFound',
  planWithoutChanges: 'served',
  onCreation: 'allResources',
  pageSize: 100,
  appRole: 'manager',
  shuffledTrees: true,
}
