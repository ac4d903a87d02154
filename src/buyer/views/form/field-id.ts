/** Element ids from input names, whatever characters a vendor's parameter has. Different names have different ids. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9-]/gu, (char) => `_${char.codePointAt(0)?.toString(16)}_`)}`

export const errorId = (name: string): string => `${fieldId(name)}-error`
export const hintId = (name: string): string => `${fieldId(name)}-hint`
