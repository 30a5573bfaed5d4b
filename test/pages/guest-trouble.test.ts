import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToAxe, violations } from './axe.ts'
import { device, expectNoComplaints, launchBrowser, PHONE } from './browser.ts'
import { ownerOf } from './owner.ts'
import { addDish, newestNumber, openCart, openOrders, tapOrder } from './people.ts'
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

const VISIT_OVER = /이 자리의 이용이 끝났어요/
const orderButton = (page: Page) => page.getByRole('button', { name: /주문하기$/ })
const gone = (page: Page, text: RegExp | string) =>
  page.getByText(text).waitFor({ state: 'detached' })

/** A phone that hears of everything: it has an order at the table. */
async function listening(table: string) {
  const phone = await device(browser, PHONE)
  await phone.page.goto(world.tableUrl(table))
  await addDish(phone.page, '공깃밥')
  await tapOrder(phone.page, '계좌이체')
  const number = await newestNumber(phone.page)
  await phone.page.goBack()
  return { ...phone, number }
}

describe('the table', () => {
  it('that was cleared takes no order before it is scanned anew; the cart is kept', async () => {
    const phone = await listening('A1')
    const { page } = phone
    await addDish(page)
    await openCart(page)
    await owner.clear('A1')
    await page.getByRole('dialog').getByText(VISIT_OVER).waitFor()
    expect(await orderButton(page).isDisabled()).toBe(true)
    await page.reload()
    await page.getByRole('dialog').getByText(VISIT_OVER).waitFor()
    // The code on the table, scanned into the page that is open.
    await page.goto(world.tableUrl('A1'))
    await gone(page, VISIT_OVER)
    if ((await page.getByRole('dialog').count()) === 0) await openCart(page)
    await page.getByRole('dialog').getByText('뼈치킨 한 마리').waitFor()
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await orderButton(page).click()
    await newestNumber(page)
    expectNoComplaints([phone])
  })

  it('that was cleared before the tap gives the order back, with the reason', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A2'))
    await page.getByText('A2 테이블').waitFor()
    await addDish(page)
    await openCart(page)
    await page.getByLabel('요청 사항').fill('덜 맵게')
    await page.getByRole('radio', { name: '계좌이체' }).check()
    // The sum is known: nothing is asked any more before the tap.
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await owner.clear('A2')
    await orderButton(page).click()
    await page.getByRole('alert').filter({ hasText: VISIT_OVER }).waitFor()
    expect(await page.getByLabel('요청 사항').inputValue()).toBe('덜 맵게')
    expectNoComplaints([phone])
  })

  it('has another code now: who sits there goes on, who comes is told to scan', async () => {
    const seated = await device(browser, PHONE)
    const old = world.tableUrl('A3')
    await seated.page.goto(old)
    await seated.page.getByText('A3 테이블').waitFor()
    const { qr_url: url } = await owner.newCode('A3')
    await addDish(seated.page)
    await tapOrder(seated.page, '계좌이체')
    await newestNumber(seated.page)

    const late = await device(browser, PHONE)
    const { page } = late
    await page.goto(old)
    await page.getByText('QR 코드가 맞지 않아요').waitFor()
    await page.goto(url.replace(/#.*/, ''))
    await page.getByText('QR 코드를 찍으면 주문할 수 있어요').waitFor()
    await page.goto(url)
    await page.getByText('A3 테이블').waitFor()
    await gone(page, /QR 코드/)
    expect(page.url()).not.toContain('#')
    expectNoComplaints([seated, late])
  })

  it('is paused or busy: that is said before anything is ordered', async () => {
    const phone = await listening('A4')
    const { page } = phone
    await addDish(page)
    await owner.pause({})
    await page.getByText('지금은 주문을 받지 않아요').waitFor()
    await openCart(page)
    expect(await orderButton(page).isDisabled()).toBe(true)
    await owner.resume()
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await world.api.ask('POST', '/restaurants/me/busy', {
      token: world.token,
      body: { delay_minutes: 20 },
    })
    await page.getByRole('dialog').getByText('20분쯤 더 걸려요').waitFor()
    await world.api.ask('POST', '/restaurants/me/busy', {
      token: world.token,
      body: { delay_minutes: 0 },
    })
    expectNoComplaints([phone])
  })
})

describe('the menu changes', () => {
  it('under a guest’s hands: sold out in the sheet and in the cart', async () => {
    const phone = await listening('A5')
    const { page } = phone
    await page.getByRole('button', { name: '순살치킨' }).click()
    await page.getByRole('dialog').waitFor()
    await owner.soldOut('순살치킨', true)
    await page.getByRole('dialog').getByText('방금 품절됐어요').waitFor()
    expect(await page.getByRole('button', { name: /담기$/ }).isDisabled()).toBe(true)
    await owner.soldOut('순살치킨', false)
    await page.getByRole('button', { name: /담기$/ }).click()
    await addDish(page, '콜라')
    await openCart(page)
    await owner.soldOut('순살치킨', true)
    await page.getByText('지금 주문할 수 없는 메뉴가 있어요').waitFor()
    expect(await orderButton(page).isDisabled()).toBe(true)
    await page.getByRole('button', { name: '주문할 수 없는 메뉴 빼기' }).click()
    await page.getByRole('button', { name: '₩2,500 주문하기' }).waitFor()
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await owner.soldOut('순살치킨', false)
    expectNoComplaints([phone])
  })

  it('in price while the cart is open: both sums are said, and the new one is agreed to', async () => {
    const phone = await listening('B1')
    const { page } = phone
    await addDish(page, '코울슬로')
    await openCart(page)
    await page.getByRole('button', { name: '₩3,000 주문하기' }).waitFor()
    await owner.edit('코울슬로', { price: 3500 })
    await page.getByText('금액이 ₩3,000에서 ₩3,500으로 바뀌었어요').waitFor()
    await page.getByRole('button', { name: '₩3,500 주문하기' }).waitFor()
    await owner.edit('코울슬로', { price: 3000 })
    expectNoComplaints([phone])
  })

  it('in price on the way to the kitchen: the order comes back, and is given anew', async () => {
    const phone = await device(browser, PHONE)
    const { page, context } = phone
    await page.goto(world.tableUrl('B2'))
    await page.getByText('B2 테이블').waitFor()
    await addDish(page, '코울슬로')
    await openCart(page)
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await context.setOffline(true)
    await orderButton(page).click()
    await page.getByText('주문을 보내고 있어요').waitFor()
    await owner.edit('코울슬로', { price: 3700 })
    await context.setOffline(false)
    await page.getByRole('alert').filter({ hasText: '₩3,000에서 ₩3,700으로' }).waitFor()
    await page.getByRole('button', { name: '₩3,700 주문하기' }).click()
    await newestNumber(page)
    await page.getByRole('article').getByText('₩3,700').first().waitFor()
    await owner.edit('코울슬로', { price: 3000 })
    expectNoComplaints([phone])
  })

  it('has a most of each dish in one order, over all its lines', async () => {
    await owner.edit('유자 에이드', { max_per_order: 2 })
    const { page } = await device(browser, PHONE)
    await page.goto(world.tableUrl('B3'))
    await addDish(page, '유자 에이드')
    await page.getByRole('button', { name: '유자 에이드' }).click()
    expect(await page.getByRole('button', { name: '유자 에이드 하나 더' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: /담기$/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '유자 에이드' }).click()
    await page.getByText('담을 수 있는 만큼 이미 담았어요').waitFor()
    expect(await page.getByRole('button', { name: /담기$/ }).isDisabled()).toBe(true)
  })
})

describe('an order', () => {
  it('waits without a network, and can be taken back into the cart', async () => {
    const phone = await device(browser, PHONE)
    const { page, context } = phone
    await page.goto(world.tableUrl('B4'))
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await page.getByText('B4 테이블').waitFor()
    await addDish(page)
    await openCart(page)
    await page.getByLabel('요청 사항').fill('양념 따로')
    await page.reload()
    await page.getByRole('dialog', { name: '장바구니' }).waitFor()
    expect(await page.getByLabel('요청 사항').inputValue()).toBe('양념 따로')
    await context.setOffline(true)
    // A reload ends the browser's play of being cut off while this page still runs: what waits
    // would leave it, and whether it has arrived nobody could say.
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'onLine', { get: () => false })
    })
    await orderButton(page).dblclick()
    await page.getByText('주문을 보내고 있어요').waitFor()
    // A browser that was reloaded without a network may believe that it has one.
    await page.reload()
    await page.getByText('주문을 보내고 있어요').waitFor()
    const back = page.getByRole('button', { name: '주문 취소하고 장바구니로' })
    await back.click()
    await page.getByRole('dialog').getByText('뼈치킨 한 마리').waitFor()
    expect(await page.getByLabel('요청 사항').inputValue()).toBe('양념 따로')
    await context.setOffline(false)
    await openOrdersAfterClosing(page)
    await page.getByText('아직 주문이 없어요').waitFor()
    expectNoComplaints([phone])
  })

  it('of two taps is one', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('B5'))
    await addDish(page)
    await openCart(page)
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await expect.poll(() => orderButton(page).isEnabled()).toBe(true)
    await orderButton(page).evaluate((button: HTMLButtonElement) => {
      button.click()
      button.click()
    })
    await newestNumber(page)
    expect(await page.getByRole('article').count()).toBe(1)
    expectNoComplaints([phone])
  })

  it('is not cancelled any more once it is accepted, and that is said', async () => {
    const phone = await listening('C1')
    const { page, context } = phone
    await openOrders(page)
    await page.getByRole('button', { name: '주문 취소' }).click()
    await page.getByText('이 주문을 취소할까요?').waitFor()
    await page.getByRole('button', { name: '아니요' }).click()
    await page.getByRole('button', { name: '주문 취소' }).click()
    // The kitchen was quicker, as far as this phone can tell.
    await context.route('**/cancel', (route) =>
      route.fulfill({
        status: 409,
        json: { error: { code: 'CONFLICT', reason: 'ORDER_STATE', message: 'no' } },
      }),
    )
    await page.getByRole('button', { name: '네, 취소할게요' }).click()
    await page.getByText('이미 주문을 받아 취소할 수 없어요').waitFor()
    expectNoComplaints([phone])
  })
})

const openOrdersAfterClosing = async (page: Page) => {
  await page.getByRole('dialog').getByRole('button', { name: '닫기' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await openOrders(page)
}

describe.each(['light', 'dark'] as const)('what went wrong, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, PHONE, scheme)
    await page.goto(world.tableUrl('C4'))
    await addDish(page)
    await tapOrder(page, '계좌이체')
    await page.getByText('여기로 보내 주세요').waitFor()
    await page.goBack()
    await addDish(page, '순살치킨')
    await owner.soldOut('순살치킨', true)
    await page.locator('.dish--gone').waitFor()
    expect(await violations(page)).toEqual([])
    await openCart(page)
    await page.getByText('지금 주문할 수 없는 메뉴가 있어요').waitFor()
    expect(await violations(page)).toEqual([])
    await page.goBack()
    await page.getByRole('button', { name: '순살치킨' }).click()
    await page.getByText('방금 품절됐어요').waitFor()
    expect(await violations(page)).toEqual([])
    await page.goBack()
    await owner.soldOut('순살치킨', false)
    await owner.clear('C4')
    await page.getByText(VISIT_OVER).waitFor()
    expect(await violations(page)).toEqual([])
  })
})
