/** The name a resource has within one request. Microsoft repeats it in errors, so it tells what it is about; the same resource has the same name. */

const LONGEST = 50

const SHORT: Readonly<Record<string, string>> = {
  'commercial-marketplace-setup': 'setup',
  'listing-asset': 'file',
  'plan-listing': 'plan-text',
  'price-and-availability-plan': 'plan-price',
  'price-and-availability-offer': 'preview-audience',
  'price-and-availability-custom-meter': 'dimensions',
  'price-and-availability-update-private-audiences': 'private-audience',
  'software-as-a-service-technical-configuration': 'technical',
}

export function resourceName(type: string, key: string): string {
  const whole = [SHORT[type] ?? type, key].filter((part) => part !== '').join('_')
  const plain = whole.replaceAll(/[^a-zA-Z0-9_-]/g, '_')
  if (plain.length <= LONGEST && plain === whole.replaceAll(' ', '_')) return plain
  const mark = checksum(`${type} ${key}`)
  return `${plain.slice(0, LONGEST - mark.length - 1)}_${mark}`
}

/** FNV-1a: tells apart names that were cut alike. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(36)
}
