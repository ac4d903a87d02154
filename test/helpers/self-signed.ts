/** Makes a self-signed certificate with its key, both PEM: node:crypto can read certificates but not make them. */
import { generateKeyPairSync, sign } from 'node:crypto'

export interface SelfSigned {
  readonly certificate: string
  readonly privateKey: string
}

/** Valid 2020 to 2040. RSA 2048, SHA-256; X.509 v1 (RFC 5280 without extensions), written as DER by hand. */
export function selfSigned(commonName = 'bridge'): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))))
  const validity = sequence(utcTime('200101000000Z'), utcTime('400101000000Z'))
  const statement = sequence(
    der(0x02, Buffer.from([1])),
    SHA256_WITH_RSA,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', statement, privateKey)]))
  return {
    certificate: pem('CERTIFICATE', sequence(statement, SHA256_WITH_RSA, signature)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function der(tag: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts))
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text))
const pem = (label: string, content: Buffer): string =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`

/** 1.2.840.113549.1.1.11 with NULL parameters. */
const SHA256_WITH_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
/** 2.5.4.3 */
const COMMON_NAME = Buffer.from('0603550403', 'hex')
