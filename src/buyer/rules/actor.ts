/** Who has to act next. */
export type Actor = 'buyer' | 'vendor' | 'us' | 'microsoft'
