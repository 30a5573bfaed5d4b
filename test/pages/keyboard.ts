import type { Page } from 'playwright-core'

/** What the element says that has the focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent.trim() ?? '')

/** Far more than any view of ours has. */
const MOST_PRESSES = 80

/** Presses Tab until what has the focus is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    const label = await page.evaluate(() => {
      const now = document.activeElement
      const own = now instanceof HTMLInputElement ? now.labels?.[0]?.textContent : null
      return own ?? now?.getAttribute('aria-label') ?? now?.textContent ?? ''
    })
    if (name.test(label.trim())) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way by Tab to ${name.source}: ${await focused(page)}`)
}
