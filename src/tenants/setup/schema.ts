/**
 * The set-up file: `docs/setup-file.md` describes it key by key. One schema says what is read; what crosses several places
 * (the same id twice, mixed kinds) is looked for in `cross-checks.ts`.
 */
import { z } from 'zod'
import * as ids from '../../kit/ids.ts'
import { connections } from '../model/connections.ts'
import { offerContent } from '../model/offer-content.ts'
import { pages } from '../model/pages.ts'
import { planContent } from '../model/plan-content.ts'
import { mappedItems } from '../model/plan-map.ts'
import { policies } from '../model/policies.ts'
import { apiUrl, instantText, name, status } from '../model/text.ts'
import { tier1 } from '../model/tier1.ts'
import { appSecret, secretText } from './app-secret.ts'

const connectToken = z.strictObject({
  /** As Connect shows it, the word `ApiKey` included. */
  apiKey: z
    .string()
    .trim()
    .regex(/^ApiKey [^\s:]+:\S+$/, "expected Connect's token as it is shown there: ApiKey SU-…:…"),
  expiresAt: instantText.optional(),
})

const clientSecret = z.strictObject({ secret: secretText, expiresAt: instantText.optional() })

/** An Entra app with the directory it is registered in, as typed into Partner Center. */
const entraApp = z.strictObject({
  tenantId: ids.entraTenantId,
  clientId: ids.entraClientId,
  primary: appSecret,
  secondary: appSecret.optional(),
})

export const credentials = z.strictObject({
  connect: z.strictObject({ primary: connectToken, secondary: connectToken.optional() }).optional(),
  microsoft: entraApp.optional(),
  signIn: z.strictObject({ clientId: ids.entraClientId, primary: clientSecret, secondary: clientSecret.optional() }).optional(),
  partnerCenter: entraApp.optional(),
})
export type CredentialsOfFile = z.output<typeof credentials>

const plan = z.strictObject({ id: ids.planId, name: name.optional(), items: mappedItems, catalogue: planContent.optional() })

const offer = z.strictObject({
  id: ids.offerId.refine((id) => !id.endsWith('-preview'), 'expected the offer id without -preview: both are the same offer'),
  name: name.optional(),
  catalogue: offerContent.optional(),
  /** Its content is Partner Center's: what is stored of it here, and of its plans, is dropped. */
  handmade: z.boolean().default(false),
  /** How far the offer shall get at Microsoft. `live` is the yes to what cannot be undone, for the content beside it. */
  publish: z.enum(['draft', 'preview', 'live']).optional(),
  plans: z.array(plan),
})

const product = z.strictObject({
  id: ids.productId,
  name,
  status: status.default('active'),
  marketplace: ids.marketplaceId,
  connections,
  tier1,
  policies: policies.prefault({}),
  pages: pages.default({}),
  offers: z.array(offer),
})

const tenant = z.strictObject({
  id: ids.tenantId,
  name,
  status: status.default('active'),
  connectApiUrl: apiUrl.optional(),
  credentials: credentials.default({}),
  products: z.array(product).default([]),
})

export const setupFile = z.strictObject({ tenants: z.array(tenant).min(1, 'expected at least one tenant') })
export type SetupFile = z.output<typeof setupFile>
export type TenantOfFile = SetupFile['tenants'][number]
export type ProductOfFile = TenantOfFile['products'][number]
export type OfferOfFile = ProductOfFile['offers'][number]
export type PlanOfFile = OfferOfFile['plans'][number]
