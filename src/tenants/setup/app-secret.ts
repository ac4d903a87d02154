/** How an Entra app proves itself: a client secret, or a certificate with its private key. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { instant } from '../../kit/time.ts'
import { instantText } from '../model/text.ts'

export const secretText = z.string().trim().min(1).max(10_000)

const fields = z.strictObject({
  secret: secretText.optional(),
  certificate: secretText.optional(),
  privateKey: secretText.optional(),
  expiresAt: instantText.optional(),
})
type Fields = z.output<typeof fields>

/** One live secret: `secret`, or `certificate` and `privateKey` as PEM. A certificate brings its own end date. */
export const appSecret = fields.superRefine((value, context) => {
  for (const fault of faultsOf(value)) context.addIssue({ code: 'custom', message: fault.message, path: [...fault.path] })
})
export type AppSecret = z.output<typeof appSecret>

interface Fault {
  readonly path: readonly string[]
  readonly message: string
}

function faultsOf({ secret, certificate, privateKey }: Fields): readonly Fault[] {
  if (secret !== undefined && certificate === undefined && privateKey === undefined) return []
  if (secret !== undefined || certificate === undefined || privateKey === undefined) {
    return [{ path: [], message: 'expected either secret, or certificate and privateKey' }]
  }
  return pairFaults(certificate, privateKey)
}

function pairFaults(certificatePem: string, keyPem: string): readonly Fault[] {
  const certificate = readOrUndefined(() => new X509Certificate(certificatePem))
  const key = readOrUndefined(() => createPrivateKey(keyPem))
  const faults: Fault[] = []
  if (!certificate) faults.push({ path: ['certificate'], message: 'expected an X.509 certificate as PEM' })
  if (key?.asymmetricKeyType !== 'rsa') faults.push({ path: ['privateKey'], message: 'expected an RSA private key as PEM, not encrypted' })
  else if (certificate && !certificate.checkPrivateKey(key))
    faults.push({ path: ['privateKey'], message: 'is not the key of the certificate' })
  return faults
}

/** `node:crypto` says "not a certificate" by throwing; the reason adds nothing for people. */
function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** What of a certificate may be shown and stored openly. */
export function certificateFacts(pem: string) {
  const certificate = new X509Certificate(pem)
  return {
    pem: certificate.toString(),
    /** SHA-1, as Entra's portal lists it. */
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    notAfter: instant(Date.parse(certificate.validTo)),
  }
}
