/**
 * Objections of Microsoft's that were seen, and what they mean. Sources: the notes of clients in the field (2023 to 2026), the documents of
 * the Product Ingestion API. What is not here is shown in Microsoft's own words.
 */

export type Advice = 'correct' | 'wait' | 'look' | 'portal'

export interface Objected {
  readonly code: string
  readonly message: string
  /** Codes and words of the errors around it. */
  readonly outer: string
}

export interface Objection {
  readonly matches: (objected: Objected) => boolean
  readonly say: (message: string) => string
  readonly todo: string
  readonly advice: Advice
}

const saying = (
  words: RegExp,
  say: string | ((found: RegExpExecArray) => string),
  todo: string,
  advice: Advice = 'correct',
): Objection => ({
  matches: ({ message }) => words.test(message),
  say: (message) => {
    const found = words.exec(message)
    return typeof say === 'string' || !found ? String(say) : say(found)
  },
  todo,
  advice,
})

const coded = (codes: readonly string[], say: string, todo: string, advice: Advice): Objection => ({
  matches: ({ code }) => codes.includes(code),
  say: () => say,
  todo,
  advice,
})

/** Read from the top; the first that fits counts. */
export const knownObjections: readonly Objection[] = [
  {
    matches: ({ code, message, outer }) => /certification/i.test(`${message} ${outer}`) && ['invalidState', 'badRequest'].includes(code),
    say: () => 'the certification found faults.',
    todo: 'Read the certification report in Partner Center (it is mailed, too), correct what it names here or there, and apply again.',
    advice: 'portal',
  },
  saying(
    /not the latest/i,
    'somebody published or changed something in the meantime.',
    'Look at the plan again, then apply again.',
    'look',
  ),
  saying(
    /In Progress submission already exists/i,
    'another publication is on its way.',
    'Nothing: the bridge waits until it is through.',
    'wait',
  ),
  coded(
    ['productLocked', 'locked', 'conflict'],
    'Partner Center is busy with the offer.',
    'Nothing: the bridge waits and tries again.',
    'wait',
  ),
  saying(
    /deprecated schema|Schema .* could not be (found|accessed)/i,
    'Microsoft does not take this version of the resource any more.',
    'Set a version Microsoft takes in MICROSOFT_INGESTION_VERSIONS; in doubt read the offer with `bridge offer plan --json` to see which it serves.',
  ),
  saying(
    /Required properties \["([^"]+)"\] were not present/i,
    'it is missing.',
    'Give it in the offer’s content, or once by hand in Partner Center.',
  ),
  saying(
    /Value is "([^"]+)" but should be "([^"]+)"/i,
    ([, is, should]) => `it is ${String(is)} where Microsoft wants ${String(should)}.`,
    'Correct it in the offer’s content.',
  ),
  saying(
    /not (?:shorter|less) than or equal to (\d+)/i,
    ([, most]) => `it is longer than the ${String(most)} characters Microsoft takes.`,
    'Shorten it.',
  ),
  saying(
    /one of the values specified by the enum/i,
    'Microsoft does not know this value.',
    'Choose one of the values Partner Center offers there.',
  ),
  saying(
    /not a match for the indicated regular expression/i,
    'it is not in the form Microsoft expects.',
    'Compare it with what Partner Center accepts there.',
  ),
  saying(
    /Included quantity is missing for dimension (\S+) and billing term ([^.]+)/i,
    ([, dimension, term]) => `dimension ${String(dimension)} has no included quantity for ${String(term)}.`,
    'Give one for each term, 0 where nothing is included.',
  ),
  saying(
    /trial is not supported for plans with custom meters/i,
    'a plan that meters usage cannot have a free trial.',
    'Take the trial or the dimensions out of this plan.',
  ),
  saying(
    /same pricing model/i,
    'all plans of an offer are priced the same way: per user or flat rate.',
    'Move the other plans to an offer of their own.',
  ),
  saying(
    /published billing term .* cannot be removed/i,
    'a published term cannot be removed.',
    'Leave the term in, or retire the plan and sell another one.',
  ),
  saying(
    /HTML tag <?([a-z0-9]+)>?/i,
    ([, tag]) => `the text holds <${String(tag)}>, which Microsoft does not take.`,
    'Take it out: paragraphs, lists, bold and italics are taken.',
  ),
  coded(['collectionLimitExceeded'], 'there are more than Microsoft takes.', 'Leave some out.', 'correct'),
  coded(
    ['notSupported'],
    'Microsoft does not support this for this offer.',
    'Change it by hand in Partner Center, or leave it out here.',
    'portal',
  ),
]
