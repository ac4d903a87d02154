/** Text and JSON as PostgreSQL can keep them: no NUL, no half of a surrogate pair. What is replaced shows as U+FFFD. */
export const storableText = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\uFFFD')

/** JSON writes just these as escapes; two backslashes are one that was there. */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g

export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(ESCAPES, (found) => (found === '\\\\' ? found : '\uFFFD'))
