// Copies what the Worker serves as static files into assets/. wrangler runs it before every build,
// so it writes only what has changed: a rewritten file would start another build.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const target = join(root, 'assets', 'docs')
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const COPIED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

// A file of its own: the page's policy allows no inline script.
const START = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
})
`

async function writeIfChanged(path: string, content: Buffer): Promise<void> {
  const present = await readFile(path).catch(() => null)
  if (present?.equals(content)) return
  await writeFile(path, content)
}

await mkdir(target, { recursive: true })
for (const file of COPIED)
  await writeIfChanged(join(target, file), await readFile(join(swagger, file)))
await writeIfChanged(join(target, 'start.js'), Buffer.from(START))
