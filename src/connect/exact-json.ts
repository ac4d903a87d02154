/** JSON whose numbers must not pass through a float: each becomes text, to be read as an exact quantity. Pure. */

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** The same JSON with every number as a string. What is not JSON stays what it is. */
export const withNumbersAsText = (json: string): string =>
  json.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))
