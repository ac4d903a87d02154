/** The log: JSON lines, redacted in this one place. Nothing secret and nobody's personal data goes in on purpose; this is the second net. */
import { type LevelWithSilent, type Logger, pino } from 'pino'

export type Log = Logger

const SECRET_KEYS = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-ms-marketplace-token',
  'token',
  'access_token',
  'id_token',
  'client_secret',
  'client_assertion',
  'secret',
  'password',
  'apiKey',
  'jwt_secret',
  'code_verifier',
  'email',
]

export function createLog(level: LevelWithSilent, destination?: { write(line: string): void }): Log {
  const paths = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`])
  const options = { level, base: {}, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } }
  return destination ? pino(options, destination) : pino(options)
}

/** For tests and tools that must not chatter. */
export const silentLog: Log = createLog('silent')
