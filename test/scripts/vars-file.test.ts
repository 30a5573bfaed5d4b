import { describe, expect, it } from 'vitest'
import { parseVars } from '../../scripts/lib/vars-file.ts'

describe('reading a file of local settings', () => {
  it('takes values bare or in quotes and leaves comments alone', () => {
    const text = `# a comment\nA=1\nB = 'two # not a comment'\nC="3"\n#D=4\n`
    expect([...parseVars(text)]).toEqual([
      ['A', '1'],
      ['B', 'two # not a comment'],
      ['C', '3'],
    ])
  })
})
