/** Rows of the work list. */
// biome-ignore lint/complexity/noBannedTypes: filled in with its migration
export type WorkTables = {}
