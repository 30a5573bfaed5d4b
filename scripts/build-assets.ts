// Puts what the Worker serves as static files into assets/: the API's documentation and the pages.
// wrangler runs it before every build, so it writes only what has changed: a rewritten file would
// start another build.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Rolldown } from 'vite'

const root = join(import.meta.dirname, '..')
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
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

async function writeDocs(): Promise<void> {
  const target = join(root, 'assets', 'docs')
  for (const file of COPIED)
    await writeIfChanged(join(target, file), await readFile(join(swagger, file)))
  await writeIfChanged(join(target, 'start.js'), Buffer.from(START))
}

/** Builds the pages in memory, writes what differs, and removes what an older build has left. */
async function writePages(): Promise<void> {
  const target = join(root, 'assets', 'web')
  const built = (await build({
    configFile: join(root, 'web', 'vite.config.ts'),
    logLevel: 'warn',
    build: { write: false },
  })) as Rolldown.RolldownOutput
  const made = new Set<string>()
  for (const file of built.output) {
    const content = file.type === 'chunk' ? file.code : file.source
    made.add(file.fileName)
    await writeIfChanged(join(target, file.fileName), Buffer.from(content))
  }
  // Files whose names stay: the icon, the manifest.
  const fixed = join(root, 'web', 'public')
  for (const name of await readdir(fixed)) {
    made.add(name)
    await writeIfChanged(join(target, name), await readFile(join(fixed, name)))
  }
  const present = await readdir(target, { recursive: true, withFileTypes: true })
  for (const entry of present) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !made.has(path.slice(target.length + 1))) await rm(path)
  }
}

await writeDocs()
await writePages()
