/** Where Microsoft sends an offer's leads. The one secret of a destination is sealed apart from the rest and never shown. */
import { z } from 'zod'

const secret = z.string().trim().min(1).max(4000)
const short = z.string().trim().min(1).max(255)

export const leadDestinations = ['none', 'email', 'httpsEndpoint', 'dynamics', 'salesforce', 'marketo', 'table'] as const
export type LeadDestinationKind = (typeof leadDestinations)[number]

const fields = z.strictObject({
  destination: z.enum(leadDestinations),
  email: z.strictObject({ contacts: z.array(z.email('expected an e-mail address')).min(1, 'expected at least one address') }).optional(),
  httpsEndpoint: z
    .strictObject({
      /** Whoever knows it may send leads: a secret. */
      url: secret.regex(/^https:\/\/\S+$/, 'expected an https URL').optional(),
    })
    .optional(),
  dynamics: z
    .strictObject({
      instanceUrl: short.regex(/^https?:\/\/\S+$/, 'expected a URL'),
      authentication: z.enum(['azureAD', 'office365']),
      /** With `azureAD`. */
      applicationId: short.optional(),
      directoryId: short.optional(),
      /** With `office365`. */
      username: z.string().trim().min(1).max(128).optional(),
      /** The application's key, or the user's password. */
      secret: secret.max(2048).optional(),
    })
    .optional(),
  salesforce: z
    .strictObject({ objectIdentifier: z.string().regex(/^[a-zA-Z0-9]{15}$/, 'expected Salesforce’s organization id of 15 characters') })
    .optional(),
  marketo: z
    .strictObject({
      munchkinId: z.string().regex(/^[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}$/, 'expected a Munchkin id like 123-ABC-456'),
      formId: z.string().regex(/^\d{1,8}$/, 'expected the form’s number, in quotes'),
      clientId: short,
      clientSecret: secret.optional(),
    })
    .optional(),
  table: z.strictObject({ connectionString: secret.optional() }).optional(),
})

/** A secret may be left out where it is stored already: the stored one then stays. */
export const leadDestination = fields.superRefine((value, context) => {
  for (const kind of leadDestinations) {
    if (kind === 'none') continue
    const given = value[kind] !== undefined
    if (given && kind !== value.destination)
      context.addIssue({ code: 'custom', path: [kind], message: `expected no ${kind} here: the destination is ${value.destination}` })
    if (!given && kind === value.destination)
      context.addIssue({ code: 'custom', path: [kind], message: `expected its mapping: the destination is ${kind}` })
  }
})
export type LeadDestination = z.output<typeof leadDestination>

/** The secret a destination holds, `undefined` when it has none or it was left out. */
export function leadSecretOf(leads: LeadDestination | undefined): string | undefined {
  return leads?.httpsEndpoint?.url ?? leads?.dynamics?.secret ?? leads?.marketo?.clientSecret ?? leads?.table?.connectionString
}

/** As it may be stored openly and shown. */
export function withoutLeadSecret({ httpsEndpoint, dynamics, marketo, table, ...rest }: LeadDestination): LeadDestination {
  return {
    ...rest,
    ...(httpsEndpoint && { httpsEndpoint: {} }),
    ...(dynamics && { dynamics: { ...dynamics, secret: undefined } }),
    ...(marketo && { marketo: { ...marketo, clientSecret: undefined } }),
    ...(table && { table: {} }),
  }
}

/** As it goes to Microsoft: the opened secret back in its place. */
export function withLeadSecret(leads: LeadDestination, secret: string | undefined): LeadDestination {
  if (secret === undefined) return leads
  const { httpsEndpoint, dynamics, marketo, table } = leads
  return {
    ...leads,
    ...(httpsEndpoint && { httpsEndpoint: { url: secret } }),
    ...(dynamics && { dynamics: { ...dynamics, secret } }),
    ...(marketo && { marketo: { ...marketo, clientSecret: secret } }),
    ...(table && { table: { connectionString: secret } }),
  }
}
