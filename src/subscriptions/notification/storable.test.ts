import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storableJson, storableText } from './storable.ts'

const anyText = fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\\', 'u0000', 'ud800', '"', '\n', 'é', '😀', 'a') })

test('JSON keeps every text as text alone is kept, and nothing PostgreSQL refuses', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, other) => {
      const kept: unknown = JSON.parse(storableJson({ text, deep: [{ other }] }))
      expect(kept).toEqual({ text: storableText(text), deep: [{ other: storableText(other) }] })
    }),
  )
})
