/** The parameters of every product. */
import type { ParameterDefinition } from './definitions.ts'
import { projectsParameters } from './projects-parameters.ts'

/** The vendor's own number of the subscription: what its usage reports and support mails name it by. */
const subscriptionNumber: ParameterDefinition = {
  scope: 'asset',
  phase: 'fulfillment',
  name: 'larkspur_subscription',
  type: 'text',
  title: 'Larkspur subscription number',
  description: 'Please have it at hand when you call us.',
  shared: 'view',
  reconciliation: true,
}

/** One value for each item in each marketplace, for the distributor to write: what the foreign platform calls the item. */
const foreignPlan: ParameterDefinition = {
  scope: 'item_marketplace',
  phase: 'configuration',
  name: 'microsoft_plan_id',
  type: 'text',
  title: 'Microsoft plan or dimension',
  description: 'What Microsoft calls the item.',
  shared: 'edit',
}

const notes: readonly ParameterDefinition[] = [
  {
    scope: 'asset',
    phase: 'ordering',
    name: 'workspace_name',
    type: 'text',
    title: 'Workspace name',
    description: 'Leave it empty to use the name of your company.',
    maxLength: 40,
    placeholder: 'Fabrikam',
  },
]

const suite: readonly ParameterDefinition[] = [
  {
    scope: 'asset',
    phase: 'ordering',
    name: 'subdomain',
    type: 'subdomain',
    title: 'Address of your Suite',
    description: 'The first part of <name>.suite.larkspur.example.',
    required: true,
    minLength: 3,
    maxLength: 30,
    hint: 'Small letters, digits and hyphens.',
    placeholder: 'fabrikam',
  },
]

const byProduct: Readonly<Record<string, readonly ParameterDefinition[]>> = {
  'PRD-417-220-901': notes,
  'PRD-417-220-902': projectsParameters,
  'PRD-417-220-905': suite,
}

export const parametersOf = (productId: string): readonly ParameterDefinition[] => [
  ...(byProduct[productId] ?? []),
  subscriptionNumber,
  foreignPlan,
]

/** The parameter distributors keep a foreign platform's own name of an item in. */
export const FOREIGN_PLAN_PARAMETER = foreignPlan.name

/** The parameter that carries the vendor's number. */
export const RECONCILIATION_PARAMETER = subscriptionNumber.name
