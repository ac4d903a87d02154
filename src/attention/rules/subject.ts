/** What an item is about. Within a tenant; one open item per subject and code. */
export const subjectKinds = ['subscription', 'product', 'offer', 'asset', 'tenant', 'usageFile', 'listingRequest'] as const

export type SubjectKind = (typeof subjectKinds)[number]

export interface Subject {
  readonly kind: SubjectKind
  readonly id: string
}
