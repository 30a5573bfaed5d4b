import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { device, expectNoComplaints, launchBrowser, PHONE } from './browser.ts'
import { focused, tabTo } from './keyboard.ts'
import { ownerOf } from './owner.ts'
import { newestNumber, openCart, openTab } from './people.ts'
import { startWorld, type World } from './world.ts'

let world: World
let browser: Browser
let owner: ReturnType<typeof ownerOf>
beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld()
  owner = ownerOf(world)
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

const orderButton = (page: Page) => page.getByRole('button', { name: /주문하기$/ })

describe('by the keyboard alone', () => {
  it('a whole order is given: focus is seen, stays in the sheet, and comes back', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('C2'))
    await page.getByText('C2 테이블').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('메뉴로 건너뛰기')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await tabTo(page, /^뼈치킨 한 마리/)
    expect(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement as Element)
        return `${outlineStyle} ${outlineWidth}`
      }),
    ).toBe('solid 3px')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, /^양념/)
    await page.keyboard.press('Space')
    await tabTo(page, /담기$/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toMatch(/^뼈치킨 한 마리/)
    await tabTo(page, /^장바구니 보기/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toMatch(/^장바구니 보기/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^카드/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await tabTo(page, /주문하기$/)
    await page.keyboard.press('Enter')
    await newestNumber(page)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await tabTo(page, /^주문 취소$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^네, 취소할게요$/)
    await page.keyboard.press('Enter')
    await page.getByText('취소된 주문이에요').waitFor()
    expectNoComplaints([phone])
  })
})

/** A root font made larger by whom it may be: a style sheet of the reader's own. */
const grow = (page: Page) =>
  page.addInitScript(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(':root { font-size: 200% !important }')
    document.adoptedStyleSheets = [sheet]
  })
/** The browser's own setting, as far as the developer tools know it. */
const set = async (page: Page) => {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
}

describe('twice as large', () => {
  const small = { width: 180, height: 370 }
  it.each([
    ['by the zoom', 'C3', small, null],
    ['by a root font of 200 %', 'C3', PHONE.viewport, grow],
    ['by the browser’s size of text', 'C3', PHONE.viewport, set],
    ['and lying on its side', 'C3', { width: 740, height: 360 }, grow],
  ] as const)('%s, all of an order can be reached, and nothing is cut off', async (...how) => {
    const [, table, viewport, enlarge] = how
    const phone = await device(browser, { ...PHONE, viewport })
    const { page } = phone
    await enlarge?.(page)
    // What is too wide makes a phone's window wider: it is measured against the phone.
    const isWhole = async () => {
      const width = await page.evaluate(() =>
        Math.max(
          document.documentElement.scrollWidth,
          document.querySelector('dialog')?.scrollWidth ?? 0,
        ),
      )
      expect(width).toBeLessThanOrEqual(viewport.width)
    }
    /** Of the height, what nothing stands fast over. */
    const room = () =>
      page.evaluate(() => {
        scrollTo(0, 400)
        const [top, foot] = ['.top', '.tabs'].map((one) =>
          document.querySelector(one)?.getBoundingClientRect(),
        )
        const from = Math.max(0, top?.bottom ?? 0)
        const to = Math.min(innerHeight, foot?.top ?? innerHeight)
        return (to - from) / innerHeight
      })
    await page.goto(world.tableUrl(table))
    await page.getByText(`${table} 테이블`).waitFor()
    await isWhole()
    expect(await room()).toBeGreaterThan(0.6)
    await page.getByRole('button', { name: '뼈치킨 한 마리' }).first().click()
    await isWhole()
    await page.getByRole('button', { name: /담기$/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await openCart(page)
    await isWhole()
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await orderButton(page).click()
    await newestNumber(page)
    await isWhole()
    await page.getByRole('button', { name: '주문 취소' }).click()
    await isWhole()
    await page.getByRole('button', { name: '네, 취소할게요' }).click()
    await page.getByText('취소된 주문이에요').waitFor()
    for (const tab of ['계산서', '내 정보']) {
      await openTab(page, tab)
      await isWhole()
    }
    expectNoComplaints([phone])
    await phone.context.close()
  })
})

describe('a photograph', () => {
  it('has its place before it comes, in the menu and in the sheet, and is no name for the dish', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.origin)
    const picture = await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 })
      canvas.getContext('2d')?.fillRect(0, 0, 800, 600)
      return canvas.toDataURL('image/jpeg').replace(/.*,/, '')
    })
    await owner.photograph('뼈치킨 한 마리', Buffer.from(picture, 'base64'))
    await page.addInitScript(() => {
      const seen = { shifted: 0 }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[])
          seen.shifted += shift.value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(world.tableUrl('A1'))
    const dish = page.getByRole('button', { name: /^뼈치킨 한 마리/ })
    const isThere = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0
    await expect.poll(() => dish.locator('img').evaluate(isThere)).toBe(true)
    expect(await dish.locator('img').getAttribute('alt')).toBe('')
    await dish.click()
    const large = page.getByRole('dialog').locator('img')
    const place = await large.boundingBox()
    await expect.poll(() => large.evaluate(isThere)).toBe(true)
    expect((await large.boundingBox())?.height).toBeCloseTo(place?.height ?? 0, 1)
    expect(
      await page.evaluate(() => (window as unknown as { seen: { shifted: number } }).seen.shifted),
    ).toBeLessThan(0.02)
    expectNoComplaints([phone])
  })
})

describe('another language', () => {
  it('is followed by the dish that is open, and by what is chosen of it', async () => {
    await owner.edit('순살치킨', { names: { en: 'Boneless chicken' } })
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A2'))
    await page.getByRole('button', { name: '순살치킨' }).click()
    await page.getByRole('dialog').getByRole('radio', { name: /^양념/ }).check()
    await page.getByRole('dialog').getByRole('button', { name: '순살치킨 하나 더' }).click()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Boneless chicken' }).waitFor()
    // Forward again: the sheet is as it was left, in the words of now.
    await page.goForward()
    const sheet = page.getByRole('dialog', { name: 'Boneless chicken' })
    await sheet.getByRole('button', { name: 'One more Boneless chicken' }).waitFor()
    await sheet.getByRole('button', { name: /^Add for ₩42,000/ }).waitFor()
    expectNoComplaints([phone])
  })
})
