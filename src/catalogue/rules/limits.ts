/** Microsoft's numbers. Sources: the portal's documentation and the schemas of the Product Ingestion API. */
export const limits = {
  plans: 100,
  privatePlans: 45,
  dimensions: 30,
  seats: 1_000_000,
  markets: 141,
  privateTenants: 20_000,
  previewAudience: 20,
  keywords: 3,
  categories: 2,
  industries: 2,
  verticals: 2,
  logoLeast: 216,
  logoMost: 350,
  screenshots: 5,
  screenshotWidth: 1280,
  screenshotHeight: 720,
  documents: 3,
  idLength: 50,
  title: 200,
  summary: 100,
  description: 5000,
  gettingStarted: 3000,
  planName: 200,
  planDescription: 3000,
  offerAlias: 120,
  planAlias: 125,
  ownTerms: 10_000,
} as const

/** Offer and plan ids, by the schema of the Product Ingestion API. */
export const EXTERNAL_ID = /^[a-z0-9][a-z0-9_-]{2,49}$/
