// Writes the API's own document to docs/openapi.json (npm run openapi), as it is served at /openapi.json.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './lib/place.ts'
import { apiOf } from './releases/describe.ts'

const document = await apiOf(ROOT)
await writeFile(join(ROOT, 'docs', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
console.log('Written: docs/openapi.json')
