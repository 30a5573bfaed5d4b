// How much a page loads before it shows, compressed; fails where the guest's page has grown too large.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const WEB = join(import.meta.dirname, '..', 'assets', 'web')
const PAGES = ['guest', 'board', 'office', 'desk', 'landing'] as const
/** Of JavaScript, on a phone in a café. */
const GUEST_LIMIT_BYTES = 60 * 1024

const FILES = /(?:src|href)="\/web\/(assets\/[^"]+\.(js|css))"/g

async function sizeOf(page: string): Promise<Record<'js' | 'css', number>> {
  const html = await readFile(join(WEB, `${page}.html`), 'utf8')
  const sizes = { js: 0, css: 0 }
  for (const [, file = '', kind = ''] of html.matchAll(FILES))
    sizes[kind as 'js' | 'css'] += gzipSync(await readFile(join(WEB, file)), { level: 9 }).length
  return sizes
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`

for (const page of PAGES) {
  const { js, css } = await sizeOf(page)
  console.log(`${page.padEnd(8)} JavaScript ${kib(js)}, styles ${kib(css)}, compressed`)
  if (page !== 'guest' || js <= GUEST_LIMIT_BYTES) continue
  console.error(`The guest's page may load ${kib(GUEST_LIMIT_BYTES)} of JavaScript at most.`)
  process.exitCode = 1
}
