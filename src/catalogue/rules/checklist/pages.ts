/** Partner Center's pages of a SaaS offer, and what its fields are called there where the bridge has another word. */

/** In the order of Partner Center's menu. */
export const pages = [
  'New offer',
  'Offer setup',
  'Properties',
  'Offer listing',
  'Preview audience',
  'Technical configuration',
  'Plan overview',
  'Plan listing',
  'Pricing and availability',
  'Resell through CSPs',
] as const
export type Page = (typeof pages)[number]

const pagesOfTypes: Readonly<Record<string, Page>> = {
  product: 'New offer',
  'commercial-marketplace-setup': 'Offer setup',
  'customer-leads': 'Offer setup',
  property: 'Properties',
  listing: 'Offer listing',
  'listing-asset': 'Offer listing',
  'price-and-availability-offer': 'Preview audience',
  'software-as-a-service-technical-configuration': 'Technical configuration',
  plan: 'Plan overview',
  'plan-listing': 'Plan listing',
  'price-and-availability-plan': 'Pricing and availability',
  'price-and-availability-custom-meter': 'Pricing and availability',
  reseller: 'Resell through CSPs',
}

/** @param type of a resource */
export const pageOf = (type: string): Page => pagesOfTypes[type] ?? 'Offer setup'

/** By our word for it, for the type of resource where one word stands for two fields. */
const labels: Readonly<Record<string, string>> = {
  'product: Name in Partner Center': 'Offer alias',
  'plan: Name in Partner Center': 'Plan name',
  'plan: Sold': 'Plan availability (Stop distribution ends it)',
  'Sold through Microsoft': 'Would you like to sell through Microsoft?',
  'Licenses managed by Microsoft': 'Would you like Microsoft to manage customer licenses on your behalf?',
  'Leads go to': 'Customer leads: lead destination',
  Contract: 'Legal: use the Standard Contract?',
  'Amendment to the standard contract': 'Legal: universal amendment terms',
  'Terms of use': 'Legal: terms and conditions',
  'Address of the terms of use': 'Legal: terms of use URL',
  Version: 'App version',
  Title: 'Name',
  'Getting started': 'Getting started instructions',
  'Privacy policy': 'Privacy policy link',
  'Contact for resellers': 'CSP program marketing materials',
  'Address of the file': 'File to upload, as it is here',
  'Preview audience': 'E-mail address',
  'Landing page': 'Landing page URL',
  'Microsoft Entra tenant id': 'Microsoft Entra tenant ID',
  'Microsoft Entra application id': 'Microsoft Entra application ID',
  'Plan name': 'Plan name',
  'Shown in the store': 'Plan visibility (Hide plan)',
  'Who may buy': 'Plan visibility',
  'Private audience': 'Restricted audience: tenant ID',
  Markets: 'Markets',
  'List of markets': 'Edit markets',
  'Free trial': 'Free trial',
  'Pricing model': 'Pricing model',
  'Terms and prices': 'Price',
  'Useful links': 'Useful link',
  'Search keywords': 'Search keyword',
  'Lead contacts': 'Contact e-mail',
  'Partners that may resell': 'Partner: tenant ID',
  'Resale by partners (CSP)': 'Partners in the CSP program that may resell',
  'Least seats': 'Minimum number of users allowed',
  'Most seats': 'Maximum number of users allowed',
  'Place among the plans': 'Display rank',
}

export const labelOf = (type: string, field: string): string => labels[`${type}: ${field}`] ?? labels[field] ?? field

/** Words the API has for what Partner Center shows as a choice. */
const choices: Readonly<Record<string, string>> = {
  standardMicrosoft: 'Yes',
  custom: 'No',
  allMarkets: 'All markets',
  allTaxRemittedMarkets: 'All tax remitted markets',
  customMarkets: 'Custom: those below',
  perUser: 'Per user',
  flatRate: 'Flat rate',
  usd: 'In US dollars',
  perMarket: 'Per market',
  visible: 'Shown',
  hidden: 'Hide plan',
  public: 'Public',
  private: 'Private',
  generallyAvailable: 'Available',
  deprecated: 'Stopped',
  none: 'None',
  all: 'Any partner in the CSP program',
  some: 'Specific partners in the CSP program I select',
  email: 'Email',
  httpsEndpoint: 'HTTPS Endpoint',
  dynamics: 'Dynamics 365',
  salesforce: 'Salesforce',
  marketo: 'Marketo',
  table: 'Azure Table',
  yes: 'Yes',
  no: 'No',
}
const CHOSEN: ReadonlySet<string> = new Set([
  'Contract',
  'Markets',
  'Pricing model',
  'Prices given',
  'Prices of dimensions given',
  'Shown in the store',
  'Who may buy',
  'Sold',
  'Leads go to',
  'Resale by partners (CSP)',
  'Sold through Microsoft',
  'Licenses managed by Microsoft',
  'Free trial',
])

export const choiceOf = (field: string, value: string): string => (CHOSEN.has(field) ? (choices[value] ?? value) : value)
