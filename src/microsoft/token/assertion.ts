/** Proves the app by its certificate: a signed statement instead of a secret. Source: Entra docs, "certificate credentials". */
import { createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import { SignJWT } from 'jose'
import { AppError } from '../../kit/errors/index.ts'
import { type Instant, instant, isBefore, minutes, plus } from '../../kit/time.ts'
import type { ClientCertificate } from '../app.ts'

const LIFETIME = minutes(10)
/** Entra's clock may be behind ours. */
const SKEW = minutes(1)

/**
 * @param audience the token endpoint it is for.
 * @throws AppError `ERR_MS_CREDENTIAL_UNREADABLE`; `ERR_MS_CREDENTIAL_EXPIRED` without asking Entra.
 */
export async function clientAssertion(credential: ClientCertificate, clientId: string, audience: URL, now: Instant): Promise<string> {
  const { certificate, privateKey } = readPair(credential)
  if (isBefore(instant(certificate.validTo), now)) throw new AppError('ERR_MS_CREDENTIAL_EXPIRED')
  return new SignJWT({})
    .setProtectedHeader({ alg: credential.algorithm ?? 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(certificate) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience.href)
    .setJti(randomUUID())
    .setIssuedAt(secondsOf(now))
    .setNotBefore(secondsOf(plus(now, -SKEW)))
    .setExpirationTime(secondsOf(plus(now, LIFETIME)))
    .sign(privateKey)
}

function readPair(credential: ClientCertificate): { certificate: X509Certificate; privateKey: KeyObject } {
  const pair = parsePair(credential)
  if (pair.privateKey.asymmetricKeyType !== 'rsa' || !pair.certificate.checkPrivateKey(pair.privateKey)) {
    throw new AppError('ERR_MS_CREDENTIAL_UNREADABLE', { message: 'The private key is not the RSA key of this certificate.' })
  }
  return pair
}

function parsePair({ certificate, privateKey }: ClientCertificate) {
  try {
    return { certificate: new X509Certificate(certificate), privateKey: createPrivateKey(privateKey) }
  } catch {
    throw new AppError('ERR_MS_CREDENTIAL_UNREADABLE') // the cause could quote the key
  }
}

const thumbprint = (certificate: X509Certificate): string =>
  Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')

const secondsOf = (at: Instant): number => Math.floor(at.getTime() / 1000)
