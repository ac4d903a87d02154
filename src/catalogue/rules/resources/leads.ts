/** Where Microsoft sends an offer's leads. */
import type { LeadDestination } from '../../../tenants/model/lead-destination.ts'
import { absent, masked, ofOffer, value } from './build.ts'
import type { Claim } from './claim.ts'
import type { DesiredResource } from './wanted.ts'

const CONFIGURATIONS = {
  email: 'emailLeadConfiguration',
  httpsEndpoint: 'httpsEndpointLeadConfiguration',
  dynamics: 'dynamicsLeadConfiguration',
  salesforce: 'salesforceLeadConfiguration',
  marketo: 'marketoLeadConfiguration',
  table: 'tableLeadConfiguration',
  blob: 'blobLeadConfiguration',
} as const
type Configured = keyof typeof CONFIGURATIONS

/** @param newSecret the mask Microsoft gives back stands for another secret than ours. */
export const customerLeads = (leads: LeadDestination, newSecret: boolean): DesiredResource =>
  ofOffer('customer-leads', [
    ...value('leadDestination', 'Leads go to', leads.destination),
    ...ofDestination(leads).map((claim) => (newSecret && claim.kind === 'masked' ? ({ ...claim, kind: 'value' } as const) : claim)),
    ...Object.entries(CONFIGURATIONS).flatMap(([destination, member]) =>
      destination === leads.destination ? [] : absent(member, `Settings of ${destination}`),
    ),
  ])

const at = (destination: Configured, member: string): readonly string[] => [CONFIGURATIONS[destination], member]

function ofDestination({ email, httpsEndpoint, dynamics, salesforce, marketo, table }: LeadDestination): readonly Claim[] {
  return [
    ...value(at('email', 'contactEmail'), 'Lead contacts', email?.contacts),
    ...value(at('httpsEndpoint', 'httpsEndpointUrl'), 'Lead endpoint', httpsEndpoint?.url, { secret: true }),
    ...(dynamics ? ofDynamics(dynamics) : []),
    ...value(at('salesforce', 'objectIdentifier'), 'Salesforce organization', salesforce?.objectIdentifier),
    ...value(at('marketo', 'munchkinId'), 'Marketo account', marketo?.munchkinId),
    ...value(at('marketo', 'formId'), 'Marketo form', marketo?.formId),
    ...value(at('marketo', 'clientId'), 'Marketo client', marketo?.clientId),
    ...masked(at('marketo', 'clientSecret'), 'Marketo secret', marketo?.clientSecret),
    ...masked(at('table', 'storageAccountConnectionString'), 'Azure table', table?.connectionString),
  ]
}

const ofDynamics = (dynamics: NonNullable<LeadDestination['dynamics']>): readonly Claim[] => [
  ...value(at('dynamics', 'instanceUrl'), 'Dynamics 365 address', dynamics.instanceUrl),
  ...value(at('dynamics', 'authentication'), 'Dynamics 365 sign-in', dynamics.authentication),
  ...value(at('dynamics', 'applicationId'), 'Dynamics 365 application', dynamics.applicationId),
  ...value(at('dynamics', 'directoryId'), 'Dynamics 365 directory', dynamics.directoryId),
  ...value(at('dynamics', 'username'), 'Dynamics 365 user', dynamics.username),
  ...masked(at('dynamics', dynamics.authentication === 'azureAD' ? 'applicationKey' : 'password'), 'Dynamics 365 secret', dynamics.secret),
]
