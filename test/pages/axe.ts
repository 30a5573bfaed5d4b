import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import type { PHONE, TABLET } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds against WCAG 2.2 A and AA, and its best practices. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  await page.addScriptTag({ content: AXE })
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`,
    ),
  )
}

/** A page that axe-core may look at, with nothing moving on it. */
export const openToAxe = async (
  browser: Browser,
  kind: typeof PHONE | typeof TABLET,
  colorScheme: 'light' | 'dark',
): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'ko-KR',
    reducedMotion: 'reduce',
    // axe is not of this origin; what the policy lets through is the stories' to say.
    bypassCSP: true,
    colorScheme,
    ...kind,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}
