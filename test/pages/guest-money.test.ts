import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToAxe, violations } from './axe.ts'
import { device, expectNoComplaints, launchBrowser, PHONE } from './browser.ts'
import { ownerOf } from './owner.ts'
import {
  addDish,
  newestNumber,
  openCart,
  openOrders,
  openTab,
  payAtSandbox,
  tapOrder,
} from './people.ts'
import { startWorld, type World } from './world.ts'

let world: World
let browser: Browser
let owner: ReturnType<typeof ownerOf>
beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld()
  owner = ownerOf(world)
  await owner.settings({
    payment_methods: ['CARD', 'STRIPE', 'VIRTUAL_ACCOUNT', 'DEPOSIT', 'POINTS'],
  })
  await owner.coupon('AUTUMN')
  await owner.coupon('FEAST', { min_order_amount: 90_000 })
  const { id } = await owner.coupon('SUMMER')
  await owner.endCoupon(id)
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

const enterCode = async (page: Page, code: string) => {
  await page.getByLabel('쿠폰 코드').fill(code)
  await page.getByRole('button', { name: '쿠폰 쓰기' }).click()
}
const total = (page: Page, sum: string) =>
  page.getByRole('button', { name: `${sum} 주문하기` }).waitFor()

let accounts = 0
/** Makes an account on the page, from the cart, and comes back to it. */
async function signUp(page: Page): Promise<{ email: string; password: string }> {
  accounts += 1
  const email = `guest-${accounts}@pages.ordersync.test`
  const password = 'a long enough secret'
  await page.getByRole('dialog').getByRole('button', { name: '로그인' }).click()
  await page.getByRole('button', { name: '처음이에요' }).click()
  await page.getByLabel('이름').fill('박포인트')
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호').fill(password)
  await page.getByRole('button', { name: '회원 가입' }).click()
  await page.getByRole('dialog', { name: '장바구니' }).waitFor()
  return { email, password }
}

async function give(account: { email: string; password: string }, amount: number) {
  const given = await world.api.ask<{ access_token: string; user: { id: string } }>(
    'POST',
    '/auth/login',
    { body: account },
  )
  const { access_token: token, user } = given
  await world.api.ask('POST', `/users/${user.id}/points/charge`, {
    token,
    key: `give-${user.id}`,
    body: { amount },
  })
  return token
}

describe('a coupon’s code', () => {
  it('takes something off, or says what it lacks; the sum that is shown is the one that is owed', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A1'))
    await addDish(page)
    await openCart(page)
    await enterCode(page, 'nothing-like-it')
    await page.getByText('없는 쿠폰 코드예요').waitFor()
    await enterCode(page, 'feast')
    await page.getByText(/₩90,000 이상 주문하면/).waitFor()
    await enterCode(page, 'summer')
    await page.getByText('기간이 지난 쿠폰이에요').waitFor()
    await total(page, '₩18,000')
    await enterCode(page, 'autumn')
    await page.getByText('₩2,000 할인돼요').waitFor()
    await total(page, '₩16,000')
    await page.getByRole('button', { name: '쿠폰 빼기' }).click()
    await total(page, '₩18,000')
    await enterCode(page, 'autumn')
    await total(page, '₩16,000')
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await page.getByText('여기로 보내 주세요').waitFor()
    await page.getByText('₩16,000').first().waitFor()
    // The same guest once more: the code stands on an order that is not paid yet.
    await page.goBack()
    await addDish(page)
    await openCart(page)
    await enterCode(page, 'autumn')
    await page.getByText('결제를 기다리는 다른 주문에 쓰고 있는 쿠폰이에요').waitFor()
    await total(page, '₩18,000')
    expectNoComplaints([phone])
  })
})

describe('a member at the table', () => {
  it('signs up from the cart, comes back to it, and pays a part with points', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A2'))
    await addDish(page)
    await openCart(page)
    const account = await signUp(page)
    await page.getByText('0점이 있어요').waitFor()
    await give(account, 25_000)
    await page.reload()
    await page.getByText('25,000점이 있어요').waitFor()
    await page.getByLabel('포인트 쓰기').fill('3000')
    await total(page, '₩15,000')
    await page.getByRole('radio', { name: '카드·간편결제' }).check()
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await page.waitForURL(/checkout/)
    await page.getByText('15,000').first().waitFor()
    await payAtSandbox(page)
    await page.getByText('매장이 확인하고 있어요').waitFor()
    await openTab(page, '내 정보')
    await page.getByText('22,000점이 있어요').waitFor()
    expectNoComplaints([phone])
  })

  it('pays all of it with points, and has a coupon of their own at hand', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A3'))
    await addDish(page)
    await openCart(page)
    const account = await signUp(page)
    const token = await give(account, 30_000)
    await world.api.ask('POST', '/coupons/AUTUMN/claim', { token, key: 'claim' })
    await page.reload()
    await page.getByRole('button', { name: 'AUTUMN' }).click()
    await total(page, '₩16,000')
    await page.getByRole('button', { name: '모두 쓰기' }).click()
    await total(page, '₩0')
    expect(await page.getByRole('radio').count()).toBe(1)
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await page.getByText('매장이 확인하고 있어요').waitFor()
    await openTab(page, '내 정보')
    await page.getByText('14,000점이 있어요').waitFor()
    await page.getByRole('button', { name: '로그아웃' }).click()
    await page.getByRole('heading', { name: '로그인' }).waitFor()
    expectNoComplaints([phone])
  })
})

describe('a payment', () => {
  it('that was refused comes back to the order, and is made anew', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A4'))
    await addDish(page)
    await tapOrder(page)
    await page.waitForURL(/checkout/)
    await page.getByRole('button', { name: /실패/ }).click()
    await page.getByRole('link', { name: '주문 지켜보기' }).click()
    await page.getByText('결제를 기다리고 있어요').waitFor()
    await page.getByRole('button', { name: '₩18,000 결제하기' }).click()
    await payAtSandbox(page)
    await page.getByText('매장이 확인하고 있어요').waitFor()
    expectNoComplaints([phone])
  })

  it('by Stripe is made in its own form, anew where the card is declined or its owner is not known', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('C1'))
    await addDish(page)
    await tapOrder(page, '해외 카드')
    const payWith = async (card: string) => {
      await page.waitForURL(/\/stripe/)
      await page.getByRole('radio', { name: card }).check()
      await page.getByRole('button', { name: '결제하기' }).click()
    }
    await payWith('거절합니다')
    await page
      .getByRole('alert')
      .filter({ hasText: /declined/ })
      .waitFor()
    await page.goBack()
    await page.getByRole('button', { name: '₩18,000 결제하기' }).click()
    await payWith('본인 확인')
    await page.getByRole('button', { name: /실패/ }).click()
    await page.getByText('금액은 청구되지 않았습니다').waitFor()
    await page.getByRole('link', { name: '주문 지켜보기' }).click()
    await page.getByRole('button', { name: '₩18,000 결제하기' }).click()
    await payWith('결제됩니다')
    await page.getByRole('link', { name: '주문 지켜보기' }).click()
    await page.getByText('매장이 확인하고 있어요').waitFor()
    expectNoComplaints([phone])
  })

  it('into an account of the provider’s says which, and leads back to the order', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('C2'))
    await addDish(page)
    await tapOrder(page, '가상계좌')
    await page.waitForURL(/checkout/)
    await page.getByRole('button', { name: /결제하기/ }).click()
    await page.getByText('입금을 기다리고 있습니다').waitFor()
    await page.getByRole('link', { name: '주문 지켜보기' }).click()
    await page.getByText('결제를 기다리고 있어요').waitFor()
    await page.getByRole('button', { name: '₩18,000 결제하기' }).click()
    await page.getByText('입금을 기다리고 있습니다').waitFor()
    expectNoComplaints([phone])
  })

  it('is left by the phone’s back button, and made later', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A4'))
    await addDish(page)
    await tapOrder(page)
    await page.waitForURL(/checkout/)
    await page.goBack()
    await page.getByRole('button', { name: /결제하기$/ }).click()
    await payAtSandbox(page)
    await page.getByText('매장이 확인하고 있어요').waitFor()
    expectNoComplaints([phone])
  })

  it('can be made from a phone that has forgotten where', async () => {
    const phone = await device(browser, PHONE)
    const { page } = phone
    await page.goto(world.tableUrl('A5'))
    await addDish(page)
    await tapOrder(page)
    await page.waitForURL(/checkout/)
    await page.goBack()
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage))
        if (key.startsWith('os-orders-')) localStorage.removeItem(key)
    })
    await page.reload()
    await page.getByRole('button', { name: /결제하기$/ }).click()
    await payAtSandbox(page)
    await page.getByText('매장이 확인하고 있어요').waitFor()
    expectNoComplaints([phone])
  })

  it('by transfer says to whom, under which name, until when; the number is copied by a tap', async () => {
    const phone = await device(browser, PHONE)
    const { page, context } = phone
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(world.tableUrl('B1'))
    await addDish(page)
    await openCart(page)
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await page.getByLabel('입금자 이름').fill('홍길동')
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await page.getByText(/까지 여기로 보내 주세요/).waitFor()
    for (const text of ['신한은행 110-123-456789', '맛있는 치킨집', '홍길동'])
      await page.getByRole('article').getByText(text, { exact: true }).waitFor()
    await page.getByRole('button', { name: '계좌번호 복사' }).click()
    await page.getByText('복사했어요').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('110-123-456789')
    await page.reload()
    await page.getByRole('button', { name: '계좌번호 복사' }).waitFor()
    const href = await page.getByRole('link', { name: '토스로 보내기' }).getAttribute('href')
    expect(href).toContain('supertoss://send?amount=18000')
    expectNoComplaints([phone])
  })

  it('of several orders stands on the table’s bill, for the whole party', async () => {
    const [one, other] = [await device(browser, PHONE), await device(browser, PHONE)]
    await one.page.goto(world.tableUrl('B2'))
    await addDish(one.page)
    await tapOrder(one.page, '계좌이체')
    await newestNumber(one.page)
    await one.page.goBack()
    await addDish(one.page, '코울슬로')
    await tapOrder(one.page, '계좌이체')
    await expect.poll(() => one.page.getByRole('article').count()).toBe(2)
    await other.page.goto(world.tableUrl('B2'))
    await openTab(other.page, '계산서')
    await other.page.getByText('코울슬로 × 1').waitFor()
    expect(await other.page.getByText('일행의 주문').count()).toBe(2)
    expect(await other.page.locator('.lines time').count()).toBe(2)
    await other.page.getByText('₩21,000').first().waitFor()
    await openOrders(other.page)
    await other.page.getByText('아직 주문이 없어요').waitFor()
    expectNoComplaints([one, other])
  })
})

describe.each(['light', 'dark'] as const)('what is about money, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, PHONE, scheme)
    await page.goto(world.tableUrl('B3'))
    await addDish(page)
    await openCart(page)
    await enterCode(page, 'feast')
    await page.getByText(/이상 주문하면/).waitFor()
    expect(await violations(page)).toEqual([])
    const account = await signUp(page)
    await give(account, 50_000)
    await page.reload()
    await page.getByText('50,000점이 있어요').waitFor()
    await page.getByLabel('포인트 쓰기').fill('1000')
    expect(await violations(page)).toEqual([])
    await page.getByRole('radio', { name: '카드·간편결제' }).check()
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await page.waitForURL(/checkout/)
    await page.goBack()
    await page.getByRole('button', { name: /결제하기$/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await openTab(page, '내 정보')
    await page.getByText(/점이 있어요/).waitFor()
    expect(await violations(page)).toEqual([])
  })
})
