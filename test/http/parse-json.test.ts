import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/http/parse-json.ts'

const nested = (depth: number, inside = ''): string =>
  `${'[{"a":'.repeat(depth / 2)}${inside || 'null'}${'}]'.repeat(depth / 2)}`

describe('reading JSON', () => {
  it('gives what was written, whatever its strings look like', () => {
    const strings = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[":\\{}[\],a]*$/))
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(strings, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          strings.filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }))
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (written, spaces) => {
        expect(parseJson(JSON.stringify(written, null, spaces))).toEqual({
          ok: true,
          value: written,
        })
      }),
    )
  })

  it.each([
    ['{"a":1,"a":1}', 'a', 'duplicate_key'],
    ['{"a":1,"\\u0061":2}', 'a', 'duplicate_key'],
    ['[{"x":[{"b:":":","b:":"\\":"}]}]', 'b:', 'duplicate_key'],
    ['{"a":{"__proto__":null}}', '__proto__', 'unrecognized_keys'],
    ['[{"__proto__":1,"__proto__":2}]', '__proto__', 'unrecognized_keys'],
    [nested(32, '{}'), 'body', 'too_deep'],
    ['{"a":1', 'body', 'malformed_json'],
    ['', 'body', 'malformed_json'],
  ])('refuses %s, naming %s as %s', (text, field, reason) => {
    expect(parseJson(text)).toEqual({ ok: false, refusal: { field, reason } })
  })

  it.each(['{"a":{"b":1},"c":[{"b":1},{"b":1}]}', nested(32)])(
    'takes %s: the same name elsewhere, and 32 levels',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown })
    },
  )
})
