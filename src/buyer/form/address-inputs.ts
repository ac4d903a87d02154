/** The inputs of an address: the customer's own, and those of parameters of type address. Lengths of Connect's tier account. */
import type { Texts } from '../views/texts.ts'
import type { Choice, Input } from './model.ts'

/** Connect's names of the parts of an address. */
export const ADDRESS_PARTS = ['address_line1', 'address_line2', 'postal_code', 'city', 'state', 'country'] as const
export type AddressPart = (typeof ADDRESS_PARTS)[number]

/** Parts an address is not complete without. */
export const isNeeded = (part: AddressPart): boolean => part !== 'address_line2' && part !== 'state'

/** The inputs, named by `nameOf`; `autofill` only for the buyer's own address. */
export function addressInputs(
  nameOf: (part: AddressPart) => string,
  labels: Texts['form'],
  countries: readonly Choice[],
  autofill: boolean,
): readonly (Input & { readonly part: AddressPart })[] {
  const line = (part: AddressPart, label: string, maxLength: number, token: string, width?: Input['width']) => ({
    part,
    name: nameOf(part),
    label,
    control: { kind: 'text', format: 'text', maxLength } as const,
    autocomplete: autofill ? token : 'off',
    width,
  })
  return [
    line('address_line1', labels.addressLine1, 255, 'address-line1'),
    line('address_line2', labels.addressLine2, 255, 'address-line2'),
    line('postal_code', labels.postalCode, 50, 'postal-code', 'third'),
    line('city', labels.city, 100, 'address-level2', 'two-thirds'),
    line('state', labels.state, 100, 'address-level1', 'half'),
    {
      part: 'country',
      name: nameOf('country'),
      label: labels.country,
      control: { kind: 'select', choices: countries },
      autocomplete: autofill ? 'country' : 'off',
      width: 'half',
    },
  ]
}
