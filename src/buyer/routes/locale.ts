/** The language the visitor's browser asks for first (RFC 9110, `Accept-Language`), as BCP 47; `en` when it asks for none. Pure. */
export function localeOf(acceptLanguage: string | undefined): string {
  const wishes = (acceptLanguage ?? '').slice(0, 500).split(',').flatMap(wish)
  return wishes.toSorted((a, b) => b.weight - a.weight)[0]?.tag ?? 'en'
}

function wish(text: string): readonly { readonly tag: string; readonly weight: number }[] {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim())
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const weight = given === undefined ? 1 : Number(given)
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) || !(weight > 0)) return []
  return canonical(tag).map((name) => ({ tag: name, weight }))
}

function canonical(tag: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(tag)
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}
