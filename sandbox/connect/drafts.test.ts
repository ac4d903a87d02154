import { afterEach, beforeEach, expect, test } from 'vitest'
import { seconds } from '../../src/kit/time.ts'
import { validateDraft } from './requests/validate.ts'
import { productNamed, projectsParams, purchaseBody, startConnect, type TestConnect } from './testing.ts'

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const projects = productNamed('Projects')
const draftBody = (params: readonly unknown[] = projectsParams, uid = 'draft-1') => ({
  ...purchaseBody(projects, { params, external_uid: uid }),
  status: 'draft',
})
const errorsOf = (params: readonly { readonly id: string; readonly value_error: string }[]) =>
  Object.fromEntries(params.filter((param) => param.value_error !== '').map((param) => [param.id, param.value_error]))

test('a draft is judged by the vendor, corrected, and then ordered; only then it counts', async () => {
  const wrong = projectsParams.map((param) => (param.id === 'workspace_address' ? { ...param, value: 'admin' } : param))
  const draft = await connect.provider('POST', '/requests', draftBody([...wrong, { id: 'sign_in_method', value: 'saml' }]))
  expect([draft.body.status, draft.body.asset.status]).toEqual(['draft', 'draft'])
  const judged = await connect.provider('POST', `/requests/${draft.body.id}/validate`)
  expect(errorsOf(judged.body.asset.params)).toEqual({
    workspace_address: '"admin" is reserved. Please choose another one.',
    saml_metadata_url: 'This field is required.',
  })
  const right = await connect.provider('PUT', `/requests/${draft.body.id}`, draftBody())
  expect(right.status).toBe(200)
  const again = await connect.provider('POST', `/requests/${draft.body.id}/validate`, draftBody())
  expect(errorsOf(again.body.asset.params)).toEqual({})
  expect(connect.world.counts('draft-1')).toEqual({ draft: 1 })
  const ordered = await connect.provider('POST', `/requests/${draft.body.id}/purchase`, {})
  expect([ordered.body.status, ordered.body.asset.status]).toEqual(['tiers_setup', 'processing'])
  expect(connect.world.counts('draft-1')).toEqual({ draft: 1, purchase: 1 })
  expect((await connect.provider('POST', `/requests/${draft.body.id}/purchase`, {})).status).toBe(400)
})

test('a draft without faults of a product whose resellers are set up becomes pending', async () => {
  const notes = productNamed('Notes')
  const draft = await connect.provider('POST', '/requests', { ...purchaseBody(notes), status: 'draft' })
  expect((await connect.provider('POST', `/requests/${draft.body.id}/purchase`, {})).body.status).toBe('pending')
})

test('a workspace name somebody has already is called taken', async () => {
  const first = await connect.provider('POST', '/requests', purchaseBody(projects, { params: projectsParams, external_uid: 'other' }))
  connect.world.approveTierConfig(connect.world.tierConfigRequests()[0]?.id ?? '')
  connect.world.approve(first.body.id)
  const draft = await connect.provider('POST', '/requests', draftBody())
  const judged = await connect.provider('POST', `/requests/${draft.body.id}/validate`, {})
  expect(errorsOf(judged.body.asset.params)).toEqual({
    workspace_name: '"Fabrikam Engineering" is taken already. Please choose another one.',
    workspace_address: '"fabrikam" is taken already. Please choose another one.',
  })
})

test('drafts do not collide with each other, but with what is bought meanwhile', async () => {
  const [one, two] = [await connect.provider('POST', '/requests', draftBody()), await connect.provider('POST', '/requests', draftBody())]
  expect([one.status, two.status]).toEqual([201, 201])
  await connect.provider('POST', `/requests/${one.body.id}/purchase`, {})
  const late = await connect.provider('POST', `/requests/${two.body.id}/purchase`, {})
  expect([late.status, late.body.params]).toMatchObject([409, { request_id: one.body.id }])
})

test('validation can break: a gateway page, a refusal, or silence', async () => {
  const draft = await connect.provider('POST', '/requests', draftBody())
  const validate = () => connect.provider('POST', `/requests/${draft.body.id}/validate`, {})
  connect.world.options.validation = 'gatewayError'
  const gateway = await validate()
  expect([gateway.status, gateway.headers['content-type']]).toEqual([502, 'text/html'])
  connect.world.options.validation = 'refused'
  expect((await validate()).status).toBe(400)
  connect.world.options.validation = 'slow'
  const slow = validateDraft(connect.world.state, connect.world.request(draft.body.id), {}).then(() => 'answered at last')
  connect.clock.moveBy(seconds(61))
  expect(await slow).toBe('answered at last')
  expect((await connect.provider('POST', `/requests/${draft.body.id}/purchase`, {})).status).toBe(200)
})
