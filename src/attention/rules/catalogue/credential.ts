import { action, defineAttention } from './entry.ts'

/** Of a publisher's credentials, found by their own checks while work still goes on. */
export const credentialAttention = defineAttention({
  CREDENTIAL_EXPIRING: {
    sentence: 'A secret, certificate or token of this publisher ends soon, and no other one replaces it yet.',
    cause:
      'Told 30, 14 and 3 days before the end and at the end. From then on what it opens stays shut: orders wait, and changes buyers make at Microsoft are taken as accepted.',
    matters: ['credentials'],
    actions: [
      action(
        'checkCredential',
        'Make a new one at the other side and store it beside the old: `bridge credential set TENANT KIND --secondary`',
      ),
      action('leave', 'Leave it until the next of these times'),
    ],
  },
  CREDENTIAL_FAILS: {
    sentence: 'A credential of this publisher is refused by the other side.',
    cause:
      'Its check failed; `reasons` says what the other side objects to. Buyers cannot sign in, offers cannot be published, or one of two secrets is of no use: what else works goes on.',
    matters: ['credentials'],
    actions: [
      action('checkCredential', 'Correct it with `bridge credential set`, or drop it: `bridge credential check TENANT` tries it again'),
      action('leave', 'Leave it'),
    ],
  },
})
