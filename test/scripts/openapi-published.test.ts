import { describe, expect, it } from 'vitest'
import published from '../../docs/openapi.json?raw'
import { createApp } from '../../src/http/app.ts'
import { apiDocument } from '../../src/http/openapi-document.ts'

describe('docs/openapi.json', () => {
  it('is the document of the app as it is; npm run openapi writes it anew', () => {
    const document = JSON.stringify(apiDocument(createApp()), null, 2)
    // Not shown in full where it differs: it is a megabyte.
    expect(published === `${document}\n`).toBe(true)
  })
})
