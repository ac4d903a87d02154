/** Text and JSON as PostgreSQL can keep them: no NUL, no half of a surrogate pair. What is replaced shows as U+FFFD. */
export const storableText = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\uFFFD')

export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'string' ? storableText(entry) : entry))
