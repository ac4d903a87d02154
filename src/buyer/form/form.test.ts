import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everyParameter, orderingParameter } from '../../../test/helpers/buyer-parameters.ts'
import { bought, buyer } from '../../../test/helpers/buyer-records.ts'
import type { ConnectParameter } from '../../connect/index.ts'
import { order } from '../../subscriptions/order.ts'
import { answerStates } from './answer-states.ts'
import { buildForm, questionsOf, readForm, refuseForm } from './index.ts'

const prefill = { visitor: buyer, microsoft: bought().microsoft, locale: 'de-DE' }
const form = buildForm(everyParameter, prefill)

const customerBody = {
  companyName: 'Fabrikam GmbH',
  firstName: 'Mara',
  lastName: 'Vogt',
  email: 'mara.vogt@fabrikam.example',
  phone: '030 901820',
  address_line1: 'Hauptstraße 1',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DE',
}
const body = {
  ...customerBody,
  'param:workspace': 'fabrikam',
  'param:domain': 'fabrikam.example',
  'param:admin': 'it@fabrikam.example',
  'param:region': 'eu',
  'param:support': 'mail',
  'param:modules': ['boards', 'forms'],
}
const orderOf = (posted: Record<string, unknown>, model = form) => {
  const read = readForm(model, posted)
  if (!read.ok) throw new RangeError(JSON.stringify(read.model.errors))
  return read.order
}
const valuesOf = (posted: Record<string, unknown>, model = form) =>
  Object.fromEntries(orderOf(posted, model).params.map(({ id, value, structuredValue }) => [id, value ?? structuredValue]))

test('the sign-in fills in what it knows, and the locale names the country', () => {
  expect(form.given).toMatchObject({ firstName: ['Mara'], lastName: ['Vogt'], email: ['mara.vogt@fabrikam.example'], country: ['DE'] })
})

test('a name without parts is cut before its last word; a guest’s address that is no mailbox is left out', () => {
  const visitor = {
    ...buyer,
    givenName: undefined,
    familyName: undefined,
    name: 'Anna Maria Berg',
    email: 'anna_fabrikam.com#EXT#@other.onmicrosoft.com',
  }
  const { givenName: _given, familyName: _family, ...rest } = visitor
  const microsoft = { ...prefill.microsoft, beneficiary: {} }
  expect(buildForm([], { visitor: rest, microsoft, locale: 'de' }).given).toMatchObject({
    firstName: ['Anna Maria'],
    lastName: ['Berg'],
    email: [],
    country: [],
  })
})

test('values have Connect’s shape: text in value; phone, address, checkbox and object in structuredValue', () => {
  const read = orderOf({
    ...body,
    'param:support': 'phone',
    'param:support_phone': '+49 30 901820',
    'param.address_line1:site': 'Kai 2',
    'param.city:site': 'Hamburg',
    'param.postal_code:site': '20457',
    'param.country:site': 'DE',
    'param:limits': '{"projects": 5}',
  })
  expect(read.params).toEqual([
    { id: 'workspace', value: 'fabrikam' },
    { id: 'domain', value: 'fabrikam.example' },
    { id: 'admin', value: 'it@fabrikam.example' },
    { id: 'region', value: 'eu' },
    { id: 'support', value: 'phone' },
    { id: 'support_phone', structuredValue: { country_code: '+49', area_code: '30', phone_number: '901820', extension: '' } },
    { id: 'modules', structuredValue: { boards: true, reports: false, forms: true } },
    {
      id: 'site',
      structuredValue: { address_line1: 'Kai 2', address_line2: '', postal_code: '20457', city: 'Hamburg', state: '', country: 'DE' },
    },
    { id: 'limits', structuredValue: { projects: 5 } },
    { id: 'contract', value: 'NL-2026-0417' },
  ])
  expect(order.safeParse(read).success).toBe(true)
})

test('what is hidden is never part of the order, whatever was posted; what another answer calls for is', () => {
  const posted = { ...body, 'param:channel': 'x', 'param:storage': 'https://s.example', 'param:storage_secret': 'long enough secret' }
  expect(Object.keys(valuesOf(posted))).not.toEqual(expect.arrayContaining(['storage']))
  expect(valuesOf(posted)).not.toHaveProperty('channel')
  expect(valuesOf({ ...posted, 'param:region': 'own' })).toMatchObject({
    storage: 'https://s.example',
    storage_secret: 'long enough secret',
  })
})

test('what another answer makes required is missed, and only then', () => {
  const missing = (posted: Record<string, unknown>) => {
    const read = readForm(form, posted)
    return read.ok ? [] : Object.keys(read.model.errors)
  }
  expect(missing(body)).toEqual([])
  expect(missing({ ...body, 'param:support': 'phone' })).toEqual(['param:support_phone'])
  expect(missing({ ...body, 'param:region': 'own' })).toEqual(['param:storage', 'param:storage_secret'])
  expect(missing({ ...body, 'param:modules': undefined })).toEqual(['param:modules'])
})

test('an address is whole or not there; a country alone is not there', () => {
  expect(valuesOf({ ...body, 'param.country:site': 'DE' })).toMatchObject({ site: { country: 'DE' } })
  const read = readForm(form, { ...body, 'param.city:site': 'Hamburg' })
  expect(read.ok ? [] : Object.keys(read.model.errors)).toEqual([
    'param.address_line1:site',
    'param.postal_code:site',
    'param.country:site',
  ])
})

test('a read-only value is the seller’s, whatever was posted', () => {
  expect(valuesOf({ ...body, 'param:contract': 'mine' })).toMatchObject({ contract: 'NL-2026-0417' })
})

test('passwords are never given back', () => {
  const posted = { ...body, companyName: '', 'param:region': 'own', 'param:storage_secret': 'correct horse' }
  const read = readForm(form, posted)
  expect(read.ok).toBe(false)
  expect(JSON.stringify(read)).not.toContain('correct horse')
  expect(JSON.stringify(refuseForm(form, posted, []))).not.toContain('correct horse')
})

test('the vendor’s own errors stand at their fields, the others above the form', () => {
  const refused = refuseForm(form, body, [
    { parameterId: 'workspace', message: 'taken' },
    { parameterId: 'gone', message: 'no longer sold' },
  ])
  expect(refused.errors).toEqual({ 'param:workspace': { code: 'vendor', message: 'taken' } })
  expect(refused.generalErrors).toEqual(['no longer sold'])
  expect(refused.given['companyName']).toEqual(['Fabrikam GmbH'])
})

test('only ordering parameters of the asset are asked', () => {
  const others: readonly ConnectParameter[] = [
    orderingParameter({ name: 'fulfil', type: 'text', phase: 'fulfillment' }),
    orderingParameter({ name: 'config', type: 'text', phase: 'configuration' }),
    orderingParameter({ name: 'tier', type: 'text', scope: 'tier1' }),
  ]
  expect(buildForm(others, prefill).sections.map(({ id }) => id)).toEqual(['organisation', 'contact', 'address'])
})

test('a question may depend on a parameter that is never shown: its default counts', () => {
  const model = (byDefault: string) =>
    buildForm(
      [
        orderingParameter({ name: 'edition', type: 'text', default: byDefault, constraints: { hidden: true } }),
        orderingParameter({
          name: 'extra',
          type: 'text',
          constraints: { hidden: true, dependency: { parameter: { name: 'edition' }, values: ['plus'], hidden: false } },
        }),
      ],
      prefill,
    )
  expect(valuesOf({ ...customerBody, 'param:extra': 'x' }, model('plus'))).toEqual({ extra: 'x' })
  expect(valuesOf({ ...customerBody, 'param:extra': 'x' }, model('basic'))).toEqual({})
})

test('lengths are Connect’s', () => {
  const read = readForm(form, { ...body, companyName: 'x'.repeat(256), postal_code: 'x'.repeat(51), email: `${'a'.repeat(250)}@b.de` })
  expect(read.ok ? {} : read.model.errors).toEqual({
    companyName: { code: 'tooLong', bound: 255 },
    email: { code: 'tooLong', bound: 254 },
    postal_code: { code: 'tooLong', bound: 50 },
  })
})

const anyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'eu',
    'own',
    'mail',
    'phone',
    'boards',
    'fabrikam',
    'a@b.example',
    'https://a.example',
    'a.example',
    '+49 30 901820',
    '{}',
    'DE',
    '__proto__',
  ),
  fc.string({ maxLength: 40 }),
)
const anyBody = fc
  .record(
    Object.fromEntries(
      questionsOf(form).flatMap(({ inputs }) =>
        inputs.map(({ name }) => [name, fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }), fc.constant(undefined))]),
      ),
    ),
  )
  .map((drawn) => ({
    ...body,
    ...Object.fromEntries(Object.entries(drawn).filter(([name]) => name.startsWith('param') || drawn[name] !== undefined)),
  }))

test('whatever is posted, the answer is an order Connect’s shapes allow, or errors at fields that are asked', () => {
  let orders = 0
  fc.assert(
    fc.property(
      fc.oneof(
        anyBody,
        fc.dictionary(fc.constantFrom(...Object.keys(body), 'x'), fc.anything()).map((some) => ({ ...body, ...some })),
      ),
      (posted) => {
        const read = readForm(form, posted)
        if (read.ok) {
          orders += 1
          expect(order.safeParse(read.order).success).toBe(true)
          return
        }
        const states = answerStates(read.model.rules, read.model.given)
        const asked = questionsOf(form).filter(({ name }) => !states[name]?.hidden)
        const names = asked.flatMap(({ inputs }) => inputs.map(({ name }) => name))
        expect(Object.keys(read.model.errors).length).toBeGreaterThan(0)
        for (const name of Object.keys(read.model.errors)) expect(names).toContain(name)
      },
    ),
    { numRuns: 300 },
  )
  expect(orders).toBeGreaterThan(0)
})
