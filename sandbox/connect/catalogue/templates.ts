/** The vendor's texts: what a customer reads once the order is done, while something is asked, while it is waited for. */
import type { SeedProduct } from '../../seed.ts'
import type { ActionDefinition, TemplateDefinition } from './definitions.ts'

const ready = `# {{ product.name }} is ready

Welcome, **{{ tiers.customer.name }}**. Your subscription {{ asset.params.larkspur_subscription }} is active.

1. [Open {{ product.name }}](https://app.larkspur.example/{{ asset.id }})
2. Sign in with the address you ordered with
3. Invite your colleagues

What you bought:

{{ items }}

Questions? [Write to us](mailto:support@larkspur.example), we answer within a day.
`

const readyInGerman = `# {{ product.name }} ist bereit

Willkommen, **{{ tiers.customer.name }}**. Ihr Abonnement {{ asset.params.larkspur_subscription }} ist aktiv.

1. [{{ product.name }} öffnen](https://app.larkspur.example/{{ asset.id }})
2. Mit der Adresse der Bestellung anmelden
3. Kolleginnen und Kollegen einladen

Was Sie gekauft haben:

{{ items }}
`

/** What a careless or hostile vendor might send; a page that shows it must come out harmless. */
const hostile = `# Almost there <script>alert('from the vendor')</script>

<img src="x" onerror="alert('from an image')">
<a href="javascript:alert('from a link')">Open your workspace</a>
[Sign in](javascript:alert%28'from-markdown'%29) or [go on](https://app.larkspur.example/start "onmouseover=alert(1)")
<style>body { display: none }</style>
<iframe src="https://evil.example"></iframe>

- first step
- second step <b onclick="alert(2)">in bold</b>
`

const inquiry = `We need a little more from you before we can set up {{ product.name }}.

Please look at the marked fields and answer them in our form.
`

const preparing = `We are preparing {{ product.name }} for {{ tiers.customer.name }}. This usually takes less than a day.
`

export function templatesOf(product: SeedProduct): readonly TemplateDefinition[] {
  const id = (n: number): string => `TL-${product.id.slice(4, 7)}-${product.id.slice(12)}-00${n}`
  const asset = { scope: 'asset' } as const
  return [
    {
      ...asset,
      id: id(1),
      name: 'ready',
      title: 'Ready to use',
      type: 'fulfillment',
      body: ready,
      localized: { de: readyInGerman },
    },
    { ...asset, id: id(2), name: 'short', title: 'Short note', type: 'fulfillment', body: 'All done: {{ product.name }} is active.\n' },
    { ...asset, id: id(3), name: 'hostile', title: 'Hostile text (for tests)', type: 'fulfillment', body: hostile },
    { ...asset, id: id(4), name: 'more', title: 'We need more from you', type: 'inquire', body: inquiry },
    { ...asset, id: id(5), name: 'preparing', title: 'In preparation', type: 'pending', body: preparing },
    ...(product.capabilities.tierConfigs ? [tierTemplate(id(6))] : []),
  ]
}

const tierTemplate = (id: string): TemplateDefinition => ({
  id,
  scope: 'tier1',
  name: 'partner',
  title: 'Partner set up',
  type: 'fulfillment',
  body: 'The partner agreement of {{ account.name }} is on file.\n',
})

export function actionsOf(product: SeedProduct): readonly ActionDefinition[] {
  return [
    {
      id: `ACT-${product.id.slice(4)}-001`,
      action: 'open',
      name: 'open',
      title: `Open ${product.name}`,
      description: 'Signs the customer in.',
    },
  ]
}
