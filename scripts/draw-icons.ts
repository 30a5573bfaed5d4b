// Draws the icons that are no SVG from web/public/icon.svg, into the folder beside it.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from './lib/browser.ts'

const folder = join(import.meta.dirname, '..', 'web', 'public')

/** What a device cuts into a shape of its own is filled to its edges. */
const filled = (svg: string): string =>
  svg.replace('<rect width="64" height="64" rx="14"', '<rect x="-8" y="-8" width="80" height="80"')
/** Whatever is cut off, the picture in the middle stays. */
const withMargin = (svg: string): string =>
  filled(svg).replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"')

const ICONS = [
  ['apple-touch-icon.png', 180, filled],
  ['icon-192.png', 192, (svg: string) => svg],
  ['icon-512.png', 512, (svg: string) => svg],
  ['icon-maskable-192.png', 192, withMargin],
  ['icon-maskable-512.png', 512, withMargin],
] as const

const svg = await readFile(join(folder, 'icon.svg'), 'utf8')
const browser = await launchBrowser()
for (const [name, size, shape] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${shape(svg)}`)
  await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
