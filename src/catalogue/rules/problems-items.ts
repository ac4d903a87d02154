/** What may stand between a Connect item and a plan. */
export const itemProblems = {
  ITEM_RETIRED: {
    severity: 'notes',
    sentence: 'The item “{item}” is past its end of sale, so no new plan is made of it.',
    todo: 'Nothing. Subscriptions that have it keep it; if it is sold by a plan, retire the plan (`catalogue.retired: true`).',
  },
  ITEM_DRAFT: {
    severity: 'notes',
    sentence: 'The item “{item}” is a draft: Connect sells it from the product’s next version on.',
    todo: 'Publish a version of the product in Connect, then propose again.',
  },
  ITEM_DYNAMIC: {
    severity: 'notes',
    sentence: 'The item “{item}” was made up by usage records and cannot be sold.',
    todo: 'Nothing; or have the vendor define it as an item of the product.',
  },
  ITEM_UNKNOWN_TYPE: {
    severity: 'warns',
    sentence: 'The item “{item}” is neither a Reservation nor a Pay-as-you-go item, so it is left out.',
    todo: 'Look at it in Connect; map it by hand in the set-up file if it shall be sold.',
  },
  NOTHING_TO_SELL: {
    severity: 'blocks',
    sentence: 'The product has no item that can be sold.',
    todo: 'Add an item to the product in Connect and publish a version of it.',
  },
  PERIOD_TOO_LONG: {
    severity: 'warns',
    sentence: 'The item “{item}” runs for {period}; Microsoft sells at most five years, so it is left out.',
    todo: 'Ask the vendor for an item with a period of one month or one to five years.',
  },
  PERIOD_ONE_TIME: {
    severity: 'warns',
    sentence: 'The item “{item}” is sold once; a Microsoft subscription renews, so it is left out.',
    todo: 'Sell it outside the marketplace, or as a custom meter: a Pay-as-you-go item billed once (`bridge usage add`).',
  },
  PERIOD_TRIAL: {
    severity: 'warns',
    sentence: 'The item “{item}” is a trial ({period}); Microsoft’s trials belong to a paid plan, so it is left out.',
    todo: 'Give the paid per-user plan `trial: 1 month`; Microsoft knows no other length.',
  },
  PERIOD_UNKNOWN: {
    severity: 'warns',
    sentence: 'The period “{period}” of the item “{item}” is not known, so it is left out.',
    todo: 'Look at it in Connect; map it by hand in the set-up file if it shall be sold.',
  },
  PERIODS_ARE_PLANS: {
    severity: 'notes',
    sentence: '{items} are the same thing for different periods; each is a plan of its own.',
    todo: 'Leave it: the plan alone then says which item is ordered. To sell one plan with several terms, propose again with --merge-periods.',
  },
  PERIODS_MERGED: {
    severity: 'warns',
    sentence: '{items} are sold as terms of one plan; whatever the term, the vendor is asked for “{item}”.',
    todo: 'Make sure that the vendor agrees: it cannot see from the order for how long the customer bought.',
  },
  PERIODS_DIFFER: {
    severity: 'warns',
    sentence: 'The Pay-as-you-go items have different periods ({periods}); the flat fee of their plan is proposed per month.',
    todo: 'Choose the plan’s terms in `catalogue.terms`.',
  },
  COMMITMENT_NOT_SOLD: {
    severity: 'warns',
    sentence:
      'The item “{item}” is committed to for {months} months, paid every {period}: Microsoft knows no such schedule. It is sold without the commitment.',
    todo: 'Tell the vendor, or ask for an item whose commitment is one to five years paid monthly or yearly.',
  },
  COMMITMENT_UNKNOWN: {
    severity: 'warns',
    sentence: 'The commitment of the item “{item}” is not understood ({commitment}). It is sold without one.',
    todo: 'Look at it in Connect and set the plan’s terms by hand.',
  },
  SEATS_ARE_WHOLE: {
    severity: 'warns',
    sentence: 'The item “{item}” is counted as {precision}; Microsoft sells whole seats only.',
    todo: 'Nothing, if whole numbers make sense; otherwise meter it: ask the vendor for a Pay-as-you-go item.',
  },
  METER_IS_FINE: {
    severity: 'notes',
    sentence: 'The item “{item}” is counted as {precision}; Microsoft bills whole cents.',
    todo: 'Where a unit costs little, meter a larger unit or set `policies.usage.dimensions[].carryBelowCent`.',
  },
  NEW_PLAN_FOR_ITEMS: {
    severity: 'notes',
    sentence: 'The plan “{plan}” exists at Microsoft and is not remodeled: a new plan sells {items}.',
    todo: 'Retire the old plan when the new one is live; its subscriptions keep their fee.',
  },
} as const
