/** Words about what was used, in English. */
export const usage = {
  heading: 'Your usage',
  since: (day: string) => `In the current term, since ${day}`,
  used: 'used',
  countedIn: (unit: string) => `in ${unit}`,
  left: (included: string, left: string) => `${left} left of ${included} included in your plan`,
  beyond: (included: string, beyond: string) => `${included} included in your plan, ${beyond} beyond it`,
  unlimited: 'Unlimited in your plan',
  noneIncluded: 'Billed by what you use',
  includedNotKnown: 'What your plan includes of it is shown after the first use',
  lastTold: 'Last reported',
  nothingYet: 'Nothing reported yet',
  counted: 'The seller reports what was used, often some hours later. What goes beyond your plan is billed by Microsoft.',
}
