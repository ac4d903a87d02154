/** The process, its database, its keys and its address. */
import { type Milliseconds, minutes, seconds } from '../../kit/time.ts'
import { type Asked, defineChecks, failed, ifAnswered, listed, passed, warning } from './check.ts'

export interface InstallationFacts {
  readonly publicUrl: string
  /** An https address that is not this machine's. */
  readonly isPublic: boolean
  /** How long the database took for one question. */
  readonly database: Asked<{ readonly took: Milliseconds; readonly version: string }>
  /** Migrations this build has and the database has not. */
  readonly missingMigrations: readonly string[]
  /** The longest that something due has waited. */
  readonly longestOverdue: Milliseconds
  readonly overdue: number
  /** Kinds of work that have failed for more than an hour, with their error code. */
  readonly failing: readonly string[]
  /** Secrets sealed with another master key than the present one, and those no key opens. */
  readonly secrets: { readonly stale: number; readonly unreadable: readonly string[] }
  /** By Entra's Date header: how far our clock is ahead (negative: behind). */
  readonly clock: Asked<{ readonly ahead: Milliseconds }>
  readonly signInMetadata: Asked<{ readonly status: number; readonly readable: boolean }>
}

/** Tokens are refused beyond five minutes; usage falls into the wrong hour long before that matters. */
const SKEW_WARNING = seconds(30)
const SKEW_FAILURE = minutes(4)
const SLOW_DATABASE = seconds(1)
const LATE = minutes(2)
const VERY_LATE = minutes(30)

const inSeconds = (length: Milliseconds): string => `${Math.round(Math.abs(length) / 1000)} s`

export const installationChecks = defineChecks<InstallationFacts>()({
  PUBLIC_ADDRESS: {
    step: 4,
    about: 'PUBLIC_URL is an https address that buyers and Microsoft can reach.',
    judge: ({ publicUrl, isPublic }) =>
      isPublic
        ? passed(`Our address is ${publicUrl}.`)
        : failed(
            `Our address is ${publicUrl}: nobody but this machine can reach it.`,
            'Set PUBLIC_URL to the https address in front of the bridge, and apply the addresses in Partner Center again.',
          ),
  },
  SIGN_IN_METADATA: {
    step: 4,
    about: 'Entra’s metadata for sign-in can be read from here.',
    judge: ({ signInMetadata }) =>
      ifAnswered(signInMetadata, ({ status, readable }) =>
        readable
          ? passed('Entra’s metadata for sign-in can be read.')
          : failed(
              `Entra’s metadata for sign-in cannot be read (status ${status}).`,
              'Check MICROSOFT_LOGIN_URL and that the proxy in between lets https through.',
            ),
      ),
  },
  CLOCK: {
    step: 4,
    about: 'Our clock and Microsoft’s agree (by the Date header).',
    judge: ({ clock }) =>
      ifAnswered(clock, ({ ahead }) => {
        const far = Math.abs(ahead)
        const sentence = `Our clock is ${inSeconds(ahead)} ${ahead < 0 ? 'behind' : 'ahead of'} Microsoft’s.`
        const todo = 'Have the machine’s clock kept by a time server (NTP).'
        if (far >= SKEW_FAILURE) return failed(`${sentence} Tokens are refused at five minutes.`, todo)
        return far >= SKEW_WARNING ? warning(sentence, todo) : passed('Our clock agrees with Microsoft’s.')
      }),
  },
  DATABASE: {
    step: 4,
    about: 'The database answers, and quickly.',
    judge: ({ database }) =>
      database.answered
        ? database.value.took >= SLOW_DATABASE
          ? warning(
              `The database took ${inSeconds(database.value.took)} for one question.`,
              'Look at its load and at the network between: Microsoft waits ten seconds for an answer.',
            )
          : passed(`The database answers (PostgreSQL ${database.value.version}).`)
        : failed(`The database does not answer: ${database.because}`, 'Check DATABASE_URL and that the server runs.'),
  },
  MIGRATIONS: {
    step: 4,
    about: 'The database is at the version of this build.',
    judge: ({ missingMigrations }) =>
      missingMigrations.length === 0
        ? passed('The database is at the version of this build.')
        : failed(`The database lacks ${listed(missingMigrations)}.`, 'Start the service once: it brings the database up to date.'),
  },
  QUEUE: {
    step: 4,
    about: 'What is due on the work list is looked at in time.',
    judge: ({ longestOverdue, overdue }) => {
      if (longestOverdue < LATE) return passed('Nothing on the work list is late.')
      const sentence = `${overdue} ${overdue === 1 ? 'thing' : 'things'} on the work list ${overdue === 1 ? 'is' : 'are'} late, by up to ${Math.round(longestOverdue / minutes(1))} min.`
      return longestOverdue < VERY_LATE
        ? warning(sentence, 'Look at the load; another process of the bridge helps.')
        : failed(sentence, 'Is the service running? The command line alone does no work. See `bridge work list`.')
    },
  },
  LOOKS: {
    step: 4,
    about: 'Nothing has failed for more than an hour.',
    judge: ({ failing }) =>
      failing.length === 0
        ? passed('Nothing has failed for more than an hour.')
        : warning(
            `For more than an hour this fails: ${listed(failing)}.`,
            'See `bridge work list --failed`; the list of errors says what each code means.',
          ),
  },
  MASTER_KEY: {
    step: 4,
    about: 'Every stored secret opens with the present master key.',
    judge: ({ secrets: { stale, unreadable } }) => {
      if (unreadable.length > 0) {
        return failed(
          `No master key at hand opens ${listed(unreadable)}.`,
          'Put the key they were sealed with behind the present one (BRIDGE_MASTER_KEY=new,old), or enter them again.',
        )
      }
      return stale === 0
        ? passed('Every stored secret opens with the present master key.')
        : warning(
            `${stale} ${stale === 1 ? 'secret is' : 'secrets are'} still sealed with an older master key.`,
            'Apply the set-up file once, or set them again: then the old key can go.',
          )
    },
  },
})

export type InstallationCode = keyof typeof installationChecks
