/** Connect's words in ours. */

const DECIMALS: Readonly<Record<string, number>> = { Integer: 0, 'Decimal(1)': 1, 'Decimal(2)': 2, 'Decimal(4)': 4, 'Decimal(8)': 8 }

/** Undefined for a precision Connect does not tell, or one we do not know. */
export const decimalsOf = (precision: string): number | undefined => DECIMALS[precision]
