import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from './markdown.ts'

/** Tags as a browser would see them: everything else in the output is text. */
const tagsOf = (html: string): readonly string[] => html.match(/<[a-zA-Z/][^>]*>/g) ?? []
const ALLOWED = /^<\/?(p|br|hr|ul|ol|li|strong|em|s|code|pre|blockquote|h[3-6]|table|thead|tbody|tr|th|td|a)(\s[^>]*)?>$/
const ATTRIBUTES = /\s([\w:-]+)="([^"]*)"/g

function expectSafe(html: string): void {
  for (const tag of tagsOf(html)) {
    expect(tag).toMatch(ALLOWED)
    for (const [, name, value = ''] of tag.matchAll(ATTRIBUTES)) {
      expect(['href', 'title', 'target', 'rel', 'class', 'style', 'start']).toContain(name)
      if (name === 'href') expect(value).toMatch(/^(https?:|mailto:)/i)
      if (name === 'style') expect(value).toMatch(/^text-align:(left|center|right)$/)
    }
    if (tag.startsWith('<a ')) expect(tag).toContain('rel="noopener noreferrer nofollow"')
  }
}

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](java&#x0A;script:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox)',
  '[x](//evil.example)',
  '[x](/portal/larkspur)',
  '[x](file:///etc/passwd)',
  '![x](https://evil.example/track.gif)',
  '![x](javascript:alert(1))',
  '<javascript:alert(1)>',
  '<https://example.com/"onmouseover="alert(1)>',
  '[x](https://example.com/"onmouseover="alert(1))',
  '[x](https://example.com "title\\" onclick=\\"alert(1)")',
  '[a]: javascript:alert(1)\n\n[a]',
  '```"><script>alert(1)</script>\ncode\n```',
  '| a |\n|:-:|\n| <b onclick=x> |',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
])('nothing runs and nothing is loaded: %s', (source) => {
  expectSafe(renderMarkdown(source))
})

test('no rendering of anything has a script, a handler or a script link', () => {
  const piece = fc.constantFrom(
    '<script',
    '>',
    '<img src=x ',
    'onerror=',
    'javascript:',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '!',
    '\n',
    '`',
    '# ',
    '&#106;',
    '<',
    'https://a.example',
    '|',
    '- ',
    '\\',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 25 }), (pieces) =>
      expectSafe(renderMarkdown(pieces.join(''))),
    ),
    { numRuns: 1500 },
  )
})

test('what vendors write is kept: emphasis, lists, tables, code, links to the web and to mail', () => {
  const html = renderMarkdown(
    '**Bold** [web](https://a.example/?x=1&y=2) [mail](mailto:a@b.example)\n\n1. one\n\n| a |\n|---|\n| b |\n\n`code`',
  )
  for (const part of [
    '<strong>Bold</strong>',
    'href="https://a.example/?x=1&amp;y=2"',
    'href="mailto:a@b.example"',
    '<ol>',
    '<table>',
    '<code>code</code>',
  ])
    expect(html).toContain(part)
})

test('the vendor’s headings begin at h3 and never skip a level', () => {
  const levels = (source: string) => [...renderMarkdown(source).matchAll(/<h(\d)>/g)].map(([, level]) => Number(level))
  expect(levels('# a\n## b\n# c')).toEqual([3, 4, 3])
  expect(levels('### a\n##### b\n## c')).toEqual([3, 4, 3])
})
