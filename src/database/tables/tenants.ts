// biome-ignore lint/complexity/noBannedTypes: filled in with its migration
export type TenantTables = {}
