import { expect, test } from 'vitest'
import { entraNumber, refusalOf } from './refusals.ts'

test.each([
  ['access_denied', 'AADSTS65004: User declined to consent to access the app.', 'cancelled'],
  ['access_denied', undefined, 'cancelled'],
  ['access_denied', 'AADSTS90094: The grant requires admin permission.', 'consentRequired'],
  ['interaction_required', 'AADSTS65001: The user or administrator has not consented.', 'consentRequired'],
  ['access_denied', 'AADSTS50105: The signed in user is not assigned to a role.', 'consentRequired'],
  ['invalid_client', 'AADSTS7000222: The provided client secret keys are expired.', 'appRefused'],
  ['unauthorized_client', 'AADSTS700016: Application was not found in the directory.', 'appRefused'],
  ['invalid_grant', 'AADSTS70008: The provided authorization code has expired.', 'failed'],
  ['server_error', undefined, 'failed'],
  ['constructor', 'toString', 'failed'],
])('%s, %s: %s', (error, description, expected) => {
  expect(refusalOf({ error, description })).toBe(expected)
})

test('of what Entra says only its number is kept, for the rest may name the user', () => {
  expect(entraNumber("AADSTS50020: User account 'mara@fabrikam.example' does not exist in tenant")).toBe('AADSTS50020')
  expect(entraNumber('mara@fabrikam.example')).toBeUndefined()
})
