// npm run pages:lighthouse: Lighthouse's mobile profile on each page, the median of five visits.
// `--runs 3`, `--page guest` (or landing, board, office, desk); `--keep <folder>` keeps the reports.
// Fails where a median is below what is aimed at.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../../scripts/lib/browser.ts'
import { putPictures } from '../../scripts/pictures/put.ts'
import { startWorld } from '../../test/pages/world.ts'
import { ensureLighthouse, measure, SCORES, type Figure, type Measured } from './measure.ts'

const AIM = 95
/** So that a picture weighs what a photograph of its size does. */
const GRAIN = 8
const PAGES = ['guest', 'landing', 'board', 'office', 'desk'] as const

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    page: { type: 'string' },
    keep: { type: 'string' },
  },
})
const runs = Number(flags.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number')
const pages = PAGES.filter((page) => flags.page === undefined || flags.page === page)
if (pages.length === 0) throw new Error(`--page takes one of ${PAGES.join(', ')}`)

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const SHOWN: readonly { figure: Figure; name: string; text: (value: number) => string }[] = [
  { figure: 'performance', name: 'performance', text: String },
  { figure: 'accessibility', name: 'accessibility', text: String },
  { figure: 'best-practices', name: 'best practices', text: String },
  { figure: 'first-contentful-paint', name: 'FCP', text: inSeconds },
  { figure: 'largest-contentful-paint', name: 'LCP', text: inSeconds },
  { figure: 'total-blocking-time', name: 'TBT', text: (ms) => `${ms.toFixed(0)} ms` },
  { figure: 'cumulative-layout-shift', name: 'CLS', text: (shift) => shift.toFixed(3) },
]

function spread(visits: readonly Measured[], figure: Figure) {
  const sorted = visits.map(({ figures }) => figures[figure]).sort((a, b) => a - b)
  const at = (place: number): number => sorted[place] ?? Number.NaN
  return { median: at(Math.floor((sorted.length - 1) / 2)), from: at(0), to: at(sorted.length - 1) }
}

function print(page: string, visits: readonly Measured[]): void {
  const cells = SHOWN.map(({ figure, name, text }) => {
    const { median, from, to } = spread(visits, figure)
    const range = text(from) === text(to) ? '' : ` (${text(from)} to ${text(to)})`
    return `${name} ${text(median)}${range}`
  })
  console.log(`${page.padEnd(8)} ${cells.slice(0, 3).join(', ')}`)
  console.log(`         ${cells.slice(3).join(', ')}`)
  for (const finding of new Set(visits.flatMap(({ findings }) => findings)))
    console.log(`         - ${finding}`)
}

const version = await ensureLighthouse()
const world = await startWorld()
try {
  const browser = await launchBrowser()
  const { count, bytes } = await putPictures(browser, world, { grain: GRAIN })
  await browser.close()
  const { origin } = world
  const urls = { guest: world.tableUrl('A1'), landing: `${origin}/` }
  console.log(
    `Lighthouse ${version}, its mobile profile, the median of ${runs} visits (lowest to highest); ` +
      `the guest's menu has ${count} pictures, ${(bytes / count / 1024).toFixed(0)} KiB each.\n`,
  )
  const machine: number[] = []
  for (const page of pages) {
    const url = page === 'guest' || page === 'landing' ? urls[page] : `${origin}/${page}`
    await (await fetch(url)).text()
    const visits: Measured[] = []
    for (let visit = 1; visit <= runs; visit += 1) {
      const { keep } = flags
      const keepAs = keep === undefined ? null : join(keep, `${page}-${visit}.json`)
      visits.push(await measure(url, keepAs))
    }
    print(page, visits)
    machine.push(...visits.map((visit) => visit.machine))
    if (SCORES.some((score) => spread(visits, score).median < AIM)) process.exitCode = 1
  }
  console.log(
    `\nThe machine did ${Math.min(...machine).toFixed(0)} to ${Math.max(...machine).toFixed(0)} of Lighthouse's own units: ` +
      'where these lie far apart, something else was running.',
  )
  if (process.exitCode === 1) console.log(`A median is below ${AIM}.`)
} finally {
  await world.stop()
}
