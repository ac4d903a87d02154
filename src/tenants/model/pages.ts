import { z } from 'zod'
import { link, name } from './text.ts'

/** What the buyer pages of a product say in the publisher's name. All optional. */
export const pages = z.strictObject({
  support: z.strictObject({ email: z.email('expected an e-mail address').optional(), url: link.optional() }).optional(),
  /** Where "Open the product" leads once the subscription is active and the vendor gave no link of its own. */
  productUrl: link.optional(),
  termsUrl: link.optional(),
  privacyUrl: link.optional(),
  brand: z
    .strictObject({
      /** Instead of the tenant's name. */
      displayName: name.optional(),
      accentColour: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour like #0f6cbd')
        .optional(),
      logoUrl: link.optional(),
    })
    .optional(),
})
export type Pages = z.infer<typeof pages>
