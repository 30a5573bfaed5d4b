import { describe, expect, it } from 'vitest'
import text from '../../docs/api-map.md?raw'
import { RESPELLED, SLASHED, TRANSLATED } from '../../src/http/source-paths.ts'

const rows = Array.from(
  text.matchAll(/^\| `([A-Z]+)` +\| `([^`]+)` +\| `([^`]+)` +\|$/gm),
  ([, method, path, canonical]) => `${method} ${path} = ${canonical}`,
)

describe('docs/api-map.md', () => {
  it('has every path of the table, and no other', () => {
    const known = [...RESPELLED, ...TRANSLATED, ...SLASHED].map(
      ({ method, path, canonical }) => `${method} ${path} = ${canonical.method} ${canonical.path}`,
    )
    expect(rows).toEqual(known)
  })

  it('says of each that has other bodies what it takes and answers', () => {
    const described = Array.from(text.matchAll(/^\| `([a-z][^`]*)`/gm), ([, path = '']) => path)
    const below = [...TRANSLATED, ...SLASHED].map(({ path }) => path.replace('/api/', ''))
    expect([...new Set(described.map((path) => path.replace(/\?.*$/, '')))].toSorted()).toEqual(
      below.toSorted(),
    )
  })
})
