/** Ordering parameters of every documented type, as a product would define them: for tests and the gallery of the buyer's pages. */
import type { ConnectParameter, Constraints } from '../../src/connect/index.ts'

type Sketch = Partial<Omit<ConnectParameter, 'constraints'>> &
  Pick<ConnectParameter, 'name' | 'type'> & { readonly constraints?: Partial<Constraints> }

const free: Constraints = {
  required: false,
  hidden: false,
  unique: false,
  readonly: false,
  reconciliation: false,
  shared: 'view',
  choices: [],
}

/** A parameter of the ordering phase; what is not said is the plainest there is. */
export const orderingParameter = ({ constraints, ...sketch }: Sketch): ConnectParameter => ({
  id: `PRM-417-220-905-${sketch.name}`,
  title: sketch.name,
  typeRaw: sketch.type,
  scope: 'asset',
  phase: 'ordering',
  position: 0,
  ...sketch,
  constraints: { ...free, ...constraints },
})

const choice = (value: string, label: string, byDefault = false) => ({ value, label, default: byDefault })

/** One of each, with dependencies that hide, require and lock. */
export const everyParameter: readonly ConnectParameter[] = [
  orderingParameter({ name: 'about_workspace', type: 'heading', title: 'Your workspace', description: 'How people will reach it.' }),
  orderingParameter({
    name: 'workspace',
    type: 'subdomain',
    title: 'Workspace address',
    hint: 'Your people sign in at this address below larkspur.example.',
    placeholder: 'fabrikam',
    constraints: { required: true, unique: true, minLength: 3, maxLength: 30 },
  }),
  orderingParameter({ name: 'domain', type: 'domain', title: 'Mail domain', constraints: { required: true } }),
  orderingParameter({ name: 'admin', type: 'email', title: 'First administrator', constraints: { required: true } }),
  orderingParameter({
    name: 'region',
    type: 'dropdown',
    title: 'Where the data is kept',
    constraints: { required: true, choices: [choice('eu', 'Europe', true), choice('us', 'United States'), choice('own', 'Own storage')] },
  }),
  orderingParameter({
    name: 'storage',
    type: 'url',
    title: 'Address of your storage',
    constraints: {
      hidden: true,
      dependency: { parameter: { name: 'region' }, values: ['own'], hidden: false, required: true },
    },
  }),
  orderingParameter({
    name: 'storage_secret',
    type: 'password',
    title: 'Password of your storage',
    constraints: {
      hidden: true,
      minLength: 12,
      dependency: { parameter: { id: 'PRM-417-220-905-region' }, values: ['own'], hidden: false, required: true },
    },
  }),
  orderingParameter({
    name: 'support',
    type: 'choice',
    title: 'Support',
    constraints: { required: true, choices: [choice('mail', 'By e-mail', true), choice('phone', 'By phone, in office hours')] },
  }),
  orderingParameter({
    name: 'support_phone',
    type: 'phone',
    title: 'Phone for support',
    constraints: { dependency: { parameter: { name: 'support' }, values: ['phone'], required: true } },
  }),
  orderingParameter({
    name: 'modules',
    type: 'checkbox',
    title: 'Modules',
    description: 'Choose at least one; more can be added at any time.',
    constraints: { required: true, choices: [choice('boards', 'Boards'), choice('reports', 'Reports'), choice('forms', 'Forms')] },
  }),
  orderingParameter({
    name: 'site',
    type: 'address',
    title: 'Installation site',
    description: 'If it is not the address above.',
  }),
  orderingParameter({ name: 'limits', type: 'object', title: 'Limits', structuredDefault: { projects: 50 } }),
  orderingParameter({
    name: 'contract',
    type: 'text',
    title: 'Contract number',
    default: 'NL-2026-0417',
    constraints: { readonly: true },
  }),
  orderingParameter({ name: 'channel', type: 'text', title: 'Channel', default: 'marketplace', constraints: { hidden: true } }),
  orderingParameter({
    name: 'notice',
    type: 'content',
    title: 'Notice',
    constraints: {
      displayContent: 'Setting up a workspace takes **up to two hours**. [What happens meanwhile](https://larkspur.example/setup)',
    },
  }),
].map((parameter, position) => ({ ...parameter, position }))
