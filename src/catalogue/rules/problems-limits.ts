/** Microsoft's limits on offers, plans and their texts. Sources: facts on pricing and plans, the portal's limits, certification policies. */
export const limitProblems = {
  OFFER_ID_INVALID: {
    severity: 'blocks',
    sentence: 'The offer id “{id}” is not one of Microsoft’s: 3 to 50 of a-z, 0-9, - and _, the first a letter or a digit.',
    todo: 'Choose another id.',
  },
  PLAN_ID_INVALID: {
    severity: 'blocks',
    sentence: 'The plan id “{id}” is not one of Microsoft’s: 3 to 50 of a-z, 0-9, - and _, the first a letter or a digit.',
    todo: 'Choose another id.',
  },
  PLANS_TOO_MANY: {
    severity: 'blocks',
    sentence: 'The offer has {count} plans; Microsoft allows 100.',
    todo: 'Leave plans out, or sell some items as a second offer.',
  },
  PRIVATE_PLANS_TOO_MANY: {
    severity: 'blocks',
    sentence: 'The offer has {count} private plans; Microsoft allows 45.',
    todo: 'Make some public, or use private offers instead.',
  },
  PLANS_MISSING: { severity: 'blocks', sentence: 'The offer has no plan that is sold.', todo: 'Add a plan, or take `retired` from one.' },
  DIMENSIONS_TOO_MANY: {
    severity: 'blocks',
    sentence: 'The offer has {count} dimensions; Microsoft allows 30.',
    todo: 'Meter less: leave out the `dimension` of items the flat fee may cover, or give several items the same dimension.',
  },
  DIMENSION_MISSING: {
    severity: 'blocks',
    sentence: 'The dimension “{dimension}” is sold or metered, but the offer does not declare it.',
    todo: 'Add it to `catalogue.dimensions` of the offer.',
  },
  DIMENSION_UNPRICED: {
    severity: 'blocks',
    sentence: 'The plan meters “{dimension}”, but has no price for it.',
    todo: 'Add it to `catalogue.meters` of the plan.',
  },
  METERS_PER_USER: {
    severity: 'blocks',
    sentence: 'A per-user plan cannot have meters.',
    todo: 'Take `meters` out, or make a flat-rate offer.',
  },
  SEATS_FLAT_RATE: { severity: 'blocks', sentence: 'A flat-rate plan has no seats.', todo: 'Take `seats` out.' },
  SEATS_TOO_MANY: { severity: 'blocks', sentence: 'At most 1,000,000 seats can be sold; {max} are given.', todo: 'Lower `seats.max`.' },
  SEATS_CROSSED: { severity: 'blocks', sentence: 'The fewest seats ({min}) are more than the most ({max}).', todo: 'Correct `seats`.' },
  TERMS_MISSING: {
    severity: 'blocks',
    sentence: 'The plan says neither for how long nor at what price it is sold.',
    todo: 'Give it `catalogue.terms`.',
  },
  PRICE_MISSING: {
    severity: 'blocks',
    sentence: '{what} has no price yet.',
    todo: 'Give it `price` (US dollars) or `prices` (per market).',
  },
  PAYMENT_NOT_OFFERED: {
    severity: 'blocks',
    sentence: 'A term of {term} cannot be paid {payment}.',
    todo: 'Monthly payment needs a year or more, yearly payment two years or more.',
  },
  TERM_LONG: {
    severity: 'warns',
    sentence: 'Terms of {term} are new at Microsoft, and not every account may offer them.',
    todo: 'Publish to preview first and see whether Microsoft takes it.',
  },
  TRIAL_WITH_METERS: {
    severity: 'blocks',
    sentence: 'A plan with meters cannot have a free trial.',
    todo: 'Set `trial: none`, or sell the trial as a plan without meters.',
  },
  INCLUDED_NOT_WHOLE: {
    severity: 'blocks',
    sentence: 'Included quantities are whole numbers; “{quantity}” of “{dimension}” is not.',
    todo: 'Round it, or meter a smaller unit.',
  },
  INCLUDED_TERM_UNKNOWN: {
    severity: 'blocks',
    sentence: '“{dimension}” includes something for {term}, a term the plan does not have.',
    todo: 'Add the term, or take the inclusion out.',
  },
  MARKETS_TOO_MANY: {
    severity: 'blocks',
    sentence: 'A plan is sold in at most 141 markets; {count} are given.',
    todo: 'Use `markets: all`.',
  },
  MARKETS_MISSING: { severity: 'blocks', sentence: 'The plan says not where it is sold.', todo: 'Give it `catalogue.markets`.' },
  AUDIENCE_MISSING: {
    severity: 'blocks',
    sentence: 'The plan is private, but nobody may buy it.',
    todo: 'List tenants in `catalogue.audience.tenants`.',
  },
  AUDIENCE_TOO_MANY: {
    severity: 'blocks',
    sentence: 'A private plan has at most 20,000 tenants; {count} are given.',
    todo: 'Use a private offer, or make it public.',
  },
  TEXT_MISSING: { severity: 'blocks', sentence: 'Microsoft publishes no offer without {what}.', todo: 'Write it.' },
  TEXT_TOO_LONG: { severity: 'blocks', sentence: '{what} has {length} characters; Microsoft takes {limit}.', todo: 'Shorten it.' },
  TEXT_CUT: {
    severity: 'warns',
    sentence: '{what} from Connect has {length} characters; it was cut to Microsoft’s {limit} at the end of a word.',
    todo: 'Read what is left, and write a shorter text.',
  },
  TEXT_SIMPLIFIED: {
    severity: 'notes',
    sentence: '{what} from Connect holds {tags}, which Microsoft does not show; it was put in simpler form.',
    todo: 'Read it in the preview.',
  },
  MARKUP_NOT_SHOWN: {
    severity: 'blocks',
    sentence: '{what} holds {tags}; Microsoft accepts b, i, br, p, ul, ol and li only.',
    todo: 'Take it out.',
  },
  PLAIN_TEXT_ONLY: {
    severity: 'warns',
    sentence: '{what} looks like HTML, which Microsoft shows as it is written here.',
    todo: 'Write plain text.',
  },
  DESCRIPTION_SAYS_NOTHING: {
    severity: 'warns',
    sentence: 'The description of the plan only repeats its name; Microsoft’s certification refuses that (policy 100.1.3).',
    todo: 'Say whom it is for, and what it has that the others have not.',
  },
  KEYWORDS_TOO_MANY: { severity: 'blocks', sentence: '{count} keywords are given; Microsoft takes three.', todo: 'Keep the best three.' },
  CATEGORIES_WRONG: {
    severity: 'blocks',
    sentence: 'An offer has one or two categories; {count} are given.',
    todo: 'Choose; read the ids from an offer made by hand.',
  },
  INDUSTRIES_TOO_MANY: {
    severity: 'blocks',
    sentence: 'An offer has at most two industries with two verticals each.',
    todo: 'Take some out.',
  },
  LISTING_MISSING: { severity: 'blocks', sentence: 'The offer has no page in any language.', todo: 'Add `catalogue.listings`.' },
  PLAN_LISTING_MISSING: {
    severity: 'blocks',
    sentence: 'The plan has no text in {language}, a language the offer has a page in.',
    todo: 'Add it to `catalogue.listings` of the plan.',
  },
  LOGO_MISSING: {
    severity: 'blocks',
    sentence: 'The offer has no logo.',
    todo: 'Add `catalogue.media.logo`: PNG, square, 216 to 350 pixels.',
  },
  ICON_NOT_USED: {
    severity: 'notes',
    sentence: 'The product’s picture in Connect was not taken as the logo: {reason}.',
    todo: 'Give the logo yourself: `catalogue.media.logo`. Connect has no screenshots to take over either.',
  },
  SCREENSHOTS_WRONG: {
    severity: 'blocks',
    sentence: 'An offer shows one to five screenshots; {count} are given.',
    todo: 'Add or remove some: PNG, 1280 × 720.',
  },
  LOGO_SIZE_WRONG: {
    severity: 'blocks',
    sentence: 'The logo has {width} × {height} pixels; Microsoft takes a square of 216 to 350.',
    todo: 'Give another picture: PNG, 216 × 216 to 350 × 350.',
  },
  SCREENSHOT_SIZE_WRONG: {
    severity: 'blocks',
    sentence: 'Screenshot {number} has {width} × {height} pixels; Microsoft takes 1280 × 720 only.',
    todo: 'Give another picture: PNG, 1280 × 720.',
  },
  PICTURE_NOT_PNG: { severity: 'blocks', sentence: 'The file “{name}” is not a PNG picture.', todo: 'Save it as PNG, and give it again.' },
  DOCUMENT_NOT_PDF: { severity: 'blocks', sentence: 'The file “{name}” is not a PDF.', todo: 'Save it as PDF, and give it again.' },
  FILE_NOT_KEPT: {
    severity: 'blocks',
    sentence: 'The file “{name}” is named, but not stored here.',
    todo: 'Give it as `file:PATH` in the set-up file, and apply that.',
  },
  DOCUMENTS_TOO_MANY: { severity: 'blocks', sentence: 'An offer has at most three documents; {count} are given.', todo: 'Take some out.' },
  LEGAL_MISSING: {
    severity: 'blocks',
    sentence: 'The offer does not say which contract customers accept.',
    todo: 'Give it `catalogue.legal`.',
  },
  PREVIEW_AUDIENCE_MISSING: {
    severity: 'blocks',
    sentence: 'Nobody is named who sees the preview.',
    todo: 'Add a mail address to `catalogue.previewAudience`.',
  },
  PREVIEW_AUDIENCE_TOO_MANY: {
    severity: 'blocks',
    sentence: 'At most 20 people see the preview; {count} are given.',
    todo: 'Take some out.',
  },
  ALIAS_TOO_LONG: {
    severity: 'blocks',
    sentence: 'The name in Partner Center has {length} characters; Microsoft takes {limit}.',
    todo: 'Shorten it.',
  },
} as const
