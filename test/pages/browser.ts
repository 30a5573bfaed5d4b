import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export { launchBrowser } from '../../scripts/lib/browser.ts'

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
export const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true }

/** Answers that belong to a story are no troubles of the page. */
const TOLERATED = [
  /Failed to load resource/,
  /net::ERR_INTERNET_DISCONNECTED/,
  /WebSocket connection/,
]

/** Somebody's own device: cookies and storage of its own. What its pages complain of is remembered. */
export async function device(
  browser: Browser,
  kind: typeof PHONE | typeof TABLET,
  more: { locale?: string; colorScheme?: 'dark' | 'light' } = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'ko-KR', bypassCSP: false, ...kind, ...more })
  const complaints: string[] = []
  context.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !TOLERATED.some((one) => one.test(text)))
      complaints.push(text)
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return { context, page, complaints }
}

/** No policy was broken, nothing was thrown, by any page of theirs. */
export function expectNoComplaints(devices: readonly { complaints: readonly string[] }[]): void {
  expect(devices.flatMap(({ complaints }) => complaints)).toEqual([])
}
