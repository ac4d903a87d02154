import { expect, test } from 'vitest'
import { galleryPages } from '../../../test/helpers/buyer-gallery.ts'
import { everyParameter, orderingParameter } from '../../../test/helpers/buyer-parameters.ts'
import { asset, bought, buyer, NOW, ordered, request } from '../../../test/helpers/buyer-records.ts'
import { type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import { findAsset, scriptPath, stylesPath, themePath } from '../assets/index.ts'
import { buildForm, readForm } from '../form/index.ts'
import { buyerStage } from '../rules/stage.ts'
import type { PageFrame } from './page.ts'
import { renderFragment, renderPage, type SubscriptionPage } from './pages.tsx'

const path = '/portal/larkspur/PRD-1/subscriptions/37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const frame: PageFrame = {
  product: { name: 'Larkspur Projects', publisherName: 'Larkspur Software', accentColor: '#6a3fc0' },
  locale: 'en-GB',
  visitor: buyer,
  csrfToken: 'csrf-value',
}
const pageOf = (record = bought(), more: Partial<SubscriptionPage> = {}): SubscriptionPage => ({
  kind: 'subscription',
  path,
  stage: buyerStage(record, NOW, { formReady: true }),
  ...more,
})

test('every page is whole, in a language, titled, with one h1, and nothing inline', () => {
  for (const { name, html } of galleryPages()) {
    expect(html, name).toMatch(/^<!doctype html><html lang="en-GB">/)
    expect(html.match(/<h1/g), name).toHaveLength(1)
    expect(html, name).toMatch(/<title>[^<]+<\/title>/)
    expect(html, name).not.toMatch(/ style="|<style|<script(?! type="module" src="\/portal\/assets\/)| on[a-z]+="/)
  }
})

test('what comes from outside is text: names, plans, values, messages', () => {
  const evil = '"><script>alert(1)</script>'
  const record = ordered({ microsoft: { name: evil }, connect: { openRequest: request({ status: 'inquiring', message: evil }) } })
  const hostile = renderPage(pageOf(record), { ...frame, product: { name: evil, publisherName: evil }, visitor: { ...buyer, name: evil } })
  const parameter = orderingParameter({
    name: evil,
    type: 'text',
    title: evil,
    description: evil,
    hint: evil,
    placeholder: evil,
    default: evil,
  })
  const form = buildForm([parameter], { visitor: buyer, microsoft: bought().microsoft, locale: 'de-DE' })
  for (const html of [hostile, renderPage(pageOf(bought(), { form }), frame)]) expect(html).not.toContain('<script>')
})

test('a form sent back has what was given, says what is wrong, and no password', () => {
  const model = buildForm(everyParameter, { visitor: buyer, microsoft: bought().microsoft, locale: 'de-DE' })
  const read = readForm(model, { companyName: 'Fabrikam GmbH', 'param:region': 'own', 'param:storage_secret': 'correct horse' })
  if (read.ok) throw new RangeError('should be refused')
  const html = renderPage(pageOf(bought(), { form: read.model }), frame)
  expect(html).toContain('value="Fabrikam GmbH"')
  expect(html).toContain('Fill in “Workspace address”.')
  expect(html).not.toContain('correct horse')
  expect(html).toContain('name="csrfToken" value="csrf-value"')
})

test('the fragment is the living part of the page, and its hash changes only with what is shown', () => {
  const page = pageOf(ordered({ connect: { openRequest: request(), asset: asset('processing') } }))
  const [whole, one, again] = [renderPage(page, frame), renderFragment(page, frame), renderFragment(page, frame)]
  expect(whole).toContain(one.html)
  expect(one.html).toContain(`data-hash="${one.hash}"`)
  expect(again).toEqual(one)
  expect(renderFragment(pageOf(ordered()), frame).hash).not.toBe(one.hash)
  expect(one).toMatchObject({ stage: 'waiting', pollAfter: 3000 })
})

test('an order form is never exchanged under somebody’s hands', () => {
  const form = buildForm([], { visitor: buyer, microsoft: bought().microsoft, locale: 'de-DE' })
  const html = renderPage(pageOf(bought(), { form }), frame)
  expect(html).not.toContain('data-poll')
  expect(renderFragment(pageOf(), frame).html).toContain('data-reload')
})

test('a problem page speaks to the buyer, in no word of the operators’ catalogue, for every code there is', () => {
  for (const [code, entry] of Object.entries(errorCatalogue)) {
    if (!isCode(code)) continue
    const html = renderPage({ kind: 'problem', code, status: entry.status, reference: 'REF-1' }, { locale: 'xx-invalid!' })
    expect(html).toContain('REF-1')
    expect(html, code).not.toMatch(/bridge |operator|tenant|credential|ERR_|token/i)
  }
})
const isCode = (code: string): code is ErrorCode => code in errorCatalogue

test('every file a page names is there, under a name that follows its content', () => {
  for (const { path: asked, type } of [
    { path: stylesPath, type: 'text/css' },
    { path: scriptPath, type: 'text/javascript' },
    { path: themePath('#6A3FC0'), type: 'text/css' },
    { path: themePath('nonsense'), type: 'text/css' },
  ])
    expect(findAsset(asked.split('/').at(-1) ?? '')?.contentType).toContain(type)
  for (const name of ['', 'buyer.css', '../index.ts', 'theme-zzzzzz.0000000000.css', 'theme-ffffff.0000000000.css', '__proto__'])
    expect(findAsset(name)).toBeUndefined()
})
