import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CUSTOMER } from '../../scripts/lib/demo-data.ts'
import { login } from '../../scripts/lib/account.ts'
import { openToAxe, violations } from './axe.ts'
import { device, expectNoComplaints, launchBrowser, PHONE, TABLET } from './browser.ts'
import {
  addDish,
  cardOf,
  newestNumber,
  openBoard,
  openOffice,
  openOrders,
  payAtSandbox,
  tapOrder,
  viewOf,
} from './people.ts'
import { startWorld, type World } from './world.ts'

let world: World
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld()
  await world.api.ask('POST', '/admin/coupons', {
    token: world.token,
    body: { code: 'SEEN-10', kind: 'PERCENT', value: 10, total_quantity: 5 },
  })
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

const formOf = (page: Page, name: string) => page.getByRole('form', { name, exact: true })
const focusedLabel = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null
    return field?.labels?.[0]?.textContent ?? field?.getAttribute('aria-label') ?? null
  })

async function register(page: Page, email: string): Promise<void> {
  await page.goto(`${world.origin}/office`)
  await page.getByRole('button', { name: /사장님 계정 만들기/ }).click()
  await page.getByLabel('이름').fill('새 사장')
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호').fill('aaaaaaaaaaaa')
  await page.getByRole('button', { name: '계정 만들기', exact: true }).click()
  await page.getByRole('alert').getByText('비밀번호: 너무 흔해요').waitFor()
}

describe('somebody new', () => {
  it('makes an owner’s account, opens two restaurants, and takes somebody on and lets them go', async () => {
    const desk = await device(browser, PHONE)
    const { page } = desk
    await register(page, 'fresh@demo.ordersync.test')
    expect(await focusedLabel(page)).toBe('비밀번호')
    expect(await page.getByLabel('비밀번호').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('비밀번호').fill('gobchang-river-93')
    expect(await page.getByLabel('비밀번호').getAttribute('aria-invalid')).toBeNull()
    await page.getByRole('button', { name: '계정 만들기', exact: true }).click()
    await page.getByLabel('매장 이름').fill('첫 매장')
    await page.getByRole('button', { name: '매장 열기' }).click()
    await page.getByText('아직 메뉴가 없어요').waitFor()

    await viewOf(page, '설정')
    const another = formOf(page, '다른 매장')
    await another.getByLabel('매장 이름').fill('둘째 매장')
    await another.getByRole('button', { name: '매장 하나 더 열기' }).click()
    const chooser = page.getByRole('combobox', { name: '매장', exact: true })
    await chooser.waitFor()
    expect(await chooser.locator('option').allInnerTexts()).toEqual(['첫 매장', '둘째 매장'])
    await chooser.selectOption({ label: '첫 매장' })
    await page.reload()
    await expect.poll(() => chooser.locator('option:checked').innerText()).toBe('첫 매장')

    await viewOf(page, '직원')
    await page.getByLabel('이메일').fill(CUSTOMER.email)
    await page.getByRole('button', { name: '직원 추가' }).click()
    const row = page.getByRole('listitem').filter({ hasText: CUSTOMER.name })
    await row.getByRole('button', { name: '사장님으로' }).click()
    await row.getByRole('button', { name: '직원으로' }).click()
    await row.getByRole('button', { name: '내보내기' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '내보내기' }).click()
    await row.waitFor({ state: 'detached' })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    expectNoComplaints([desk])
  })
})

describe('an owner in the office', () => {
  it('gives a coupon for one dish, sees what came of it, and pauses it', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await viewOf(page, '쿠폰')
    await page.getByRole('button', { name: '쿠폰 만들기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('쿠폰 코드').fill('DISH-10')
    await sheet.getByLabel('할인율 (%)').fill('10')
    await sheet.getByLabel('고른 메뉴에만').check()
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet.getByRole('alert').getByText('하나 이상 고르거나').waitFor()
    await sheet.getByLabel('뼈치킨 한 마리', { exact: true }).check()
    await sheet.getByLabel('시작').fill('2026-12-02T10:00')
    await sheet.getByLabel('끝').fill('2026-12-01T10:00')
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet.getByRole('alert').getByText('끝: 끝이 시작보다 늦어야 해요').waitFor()
    await expect.poll(() => focusedLabel(page)).toBe('끝')
    await sheet.getByLabel('시작').fill('')
    await sheet.getByLabel('끝').fill('')
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ hasText: 'DISH-10' })
    await row.getByText('일부 메뉴 1가지').waitFor()

    const { access_token: token } = await login(world.api, CUSTOMER)
    await world.api.ask('POST', '/coupons/DISH-10/claim', { token })
    await row.getByRole('button', { name: '쿠폰 DISH-10 통계' }).click()
    await sheet.getByRole('row', { name: /^받아 간 것 1$/ }).waitFor()
    await sheet.getByRole('button', { name: '닫기' }).click()
    await row.getByRole('button', { name: '쿠폰 DISH-10 멈추기' }).click()
    await row.getByText('멈춤', { exact: true }).waitFor()
    await row.getByRole('button', { name: '쿠폰 DISH-10 다시 쓰기' }).click()
    await row.getByText('쓰는 중').waitFor()
    expectNoComplaints([desk])
  })

  it('keeps a provider’s keys without seeing them again, and takes them away', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await viewOf(page, '설정')
    const keys = formOf(page, 'Stripe 키')
    await keys.getByLabel('시크릿 키').fill('sk_test_0123456789abcdef')
    await keys.getByLabel('공개 키').fill('pk_test_0123456789abcdef')
    await keys.getByLabel('웹훅 시크릿').fill('whsec_0123456789abcdef')
    await keys.getByRole('button', { name: '저장' }).click()
    await keys.getByText('매장의 계정', { exact: true }).waitFor()
    expect(await keys.getByLabel('시크릿 키').inputValue()).toBe('')
    await page.reload()
    await keys.getByText('설정됨 …cdef').first().waitFor()
    expect(await page.content()).not.toContain('0123456789')
    await keys.getByRole('button', { name: /지우기$/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '지우기' }).click()
    await keys.getByText('플랫폼의 계정', { exact: true }).waitFor()
    expectNoComplaints([desk])
  })

  it('is told on which day hours run into each other, and by which currency prices are', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await viewOf(page, '설정')
    const hours = formOf(page, '영업 시간')
    if (await hours.getByLabel('늘 열려 있음').isChecked())
      await hours.getByLabel('늘 열려 있음').uncheck()
    await hours.getByRole('button', { name: '수 시간 추가' }).click()
    await hours.getByRole('button', { name: '저장' }).click()
    await hours.getByRole('alert').getByText('수 여는 시각: 다른 시간과 겹쳐요').waitFor()
    await expect.poll(() => focusedLabel(page)).toBe('수 여는 시각')
    const place = formOf(page, '시간과 통화')
    await place.getByLabel('통화', { exact: true }).selectOption('USD')
    await place.getByRole('button', { name: '저장' }).click()
    await place.getByRole('alert').getByText('통화: 메뉴가 있으면').waitFor()
    await place.getByLabel('통화', { exact: true }).selectOption('KRW')
    await place.getByLabel('영업일이 바뀌는 시각').selectOption('4')
    await place.getByRole('button', { name: '저장' }).click()
    await page.getByText('저장했어요').waitFor()
    expectNoComplaints([desk])
  })

  it('thinks better of a dish that was removed, or leaves and it is gone', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    const dish = page.getByRole('listitem').filter({ hasText: '콜라' }).first()
    await dish.getByRole('button', { name: /지우기$/ }).click()
    await dish.waitFor({ state: 'detached' })
    const undo = page.getByRole('button', { name: '되돌리기' })
    await expect.poll(() => undo.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await dish.waitFor()
    await page.reload()
    await dish.getByRole('button', { name: /지우기$/ }).click()
    await undo.waitFor()
    await page.reload()
    await page.getByRole('button', { name: '분류 추가' }).waitFor()
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    expect(await dish.count()).toBe(0)
    expectNoComplaints([desk])
  })

  it('brings an option back that was removed in the editor', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await page.getByRole('button', { name: '뼈치킨 한 마리 고치기' }).click()
    const names = page.getByRole('dialog').getByLabel('옵션 이름')
    const before = await names.evaluateAll((all) =>
      all.map((one) => (one as HTMLInputElement).value),
    )
    await page.getByRole('button', { name: '옵션 지우기' }).first().click()
    expect(await names.count()).toBe(before.length - 1)
    await page.getByRole('button', { name: '되돌리기' }).click()
    expect(
      await names.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(before)
    expectNoComplaints([desk])
  })

  it('is told that a picture is none, and that the dish is saved', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await page.getByRole('button', { name: '뼈치킨 한 마리 고치기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('사진').setInputFiles({
      name: 'photo.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not a picture at all'),
    })
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet
      .getByRole('alert')
      .getByText(/메뉴는 저장했지만.*사진이 아니에요/)
      .waitFor()
    expectNoComplaints([desk])
  })

  it('is told where a menu file is wrong', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await page.getByRole('button', { name: '가져오기' }).click()
    const sheet = page.getByRole('dialog')
    const bring = async (text: string) => {
      await sheet.getByLabel('메뉴 파일 (JSON)').setInputFiles({
        name: 'menu.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      })
      await sheet.getByRole('button', { name: '가져오기' }).click()
    }
    const alert = sheet.getByRole('alert')
    await bring('{\n  "v": 1,\n  oops\n}')
    await alert.getByText('3번째 줄부터').waitFor()
    await bring('[]')
    await alert.getByText('메뉴가 들어 있지 않은').waitFor()
    const items = [{ name: '호떡', price: '비싸요' }]
    await bring(JSON.stringify({ v: 1, categories: [{ name: '디저트', items }] }))
    await alert.getByText('디저트 › 호떡 › price').waitFor()
    await bring(' '.repeat(5 * 1024 * 1024 + 1))
    await alert.getByText('5 MB보다 커요').waitFor()
    expectNoComplaints([desk])
  })
})

describe('a board', () => {
  it('says a new order aloud once, and lets who works by keys take a tap back', async () => {
    const [phone, tablet] = [await device(browser, PHONE), await device(browser, TABLET)]
    await openBoard(tablet.page, world.origin)
    await phone.page.goto(world.tableUrl('A1'))
    await addDish(phone.page)
    await tapOrder(phone.page)
    await payAtSandbox(phone.page)
    await openOrders(phone.page)
    const number = await newestNumber(phone.page)
    const { page } = tablet
    await page.getByRole('alert').getByText(`새 주문 ${number}, A1 테이블`).waitFor()
    const card = cardOf(page, number)
    await card.getByRole('button', { name: '접수' }).press('Enter')
    await page.getByRole('button', { name: '15분' }).press('Enter')
    const undo = page.getByRole('button', { name: `${number} 접수 되돌리기` })
    await expect.poll(() => undo.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: '접수' }).waitFor()
    await expect.poll(() => card.evaluate((one) => one.contains(document.activeElement))).toBe(true)
    expectNoComplaints([phone, tablet])
  })

  it('marks a dish sold out for today or on, and says so of what is not heard yet', async () => {
    const tablet = await device(browser, TABLET)
    const { page, context } = tablet
    await openBoard(page, world.origin)
    await page.getByRole('button', { name: '품절·재고' }).click()
    const dish = page.getByRole('listitem').filter({ hasText: '코울슬로' })
    await dish.getByRole('button', { name: '오늘만 품절' }).click()
    await dish.getByText('오전 4:00까지 품절', { exact: true }).waitFor()
    // The button that was tapped is gone: the one in its place has the focus.
    const focused = () => dish.evaluate((one) => one.contains(document.activeElement))
    await expect.poll(focused).toBe(true)
    await page.keyboard.press('Enter')
    await dish.getByText('판매 중', { exact: true }).waitFor()
    await context.setOffline(true)
    await dish.getByRole('button', { name: '계속 품절' }).click()
    await dish.getByText('품절 · 보내는 중…').waitFor()
    await context.setOffline(false)
    await dish.getByText('품절', { exact: true }).waitFor()
    await dish.getByRole('button', { name: '코울슬로 다시 팔기' }).click()
    await dish.getByText('판매 중', { exact: true }).waitFor()

    const office = await device(browser, PHONE)
    await openOffice(office.page, world.origin)
    await office.page.getByRole('button', { name: '코울슬로 오늘만 품절' }).click()
    await office.page.getByText('오전 4:00까지 품절').waitFor()
    await dish.getByText('오전 4:00까지 품절', { exact: true }).waitFor()
    await dish.getByRole('button', { name: '코울슬로 다시 팔기' }).click()
    expectNoComplaints([tablet, office])
  })

  it('asks by name where somebody works who works at two restaurants', async () => {
    const tablet = await device(browser, TABLET)
    const { page } = tablet
    await page.goto(`${world.origin}/board`)
    await page.getByLabel('이메일').fill('fresh@demo.ordersync.test')
    await page.getByLabel('비밀번호').fill('gobchang-river-93')
    await page.getByRole('button', { name: '로그인' }).click()
    await page.getByRole('button', { name: '둘째 매장 · 사장님' }).click()
    await page.getByRole('heading', { level: 1, name: '둘째 매장' }).waitFor()
    await page.getByRole('button', { name: '다른 매장' }).click()
    await page.getByRole('button', { name: '첫 매장 · 사장님' }).click()
    await page.getByRole('heading', { level: 1, name: '첫 매장' }).waitFor()
    expectNoComplaints([tablet])
  })
})

describe.each(['light', 'dark'] as const)('what is new in the office, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, TABLET, scheme)
    await register(page, 'nobody@demo.ordersync.test')
    expect(await violations(page)).toEqual([])
    await openOffice(page, world.origin)
    await page
      .getByRole('button', { name: /지우기$/ })
      .last()
      .click()
    await page.getByRole('button', { name: '되돌리기' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '되돌리기' }).click()
    await viewOf(page, '쿠폰')
    await page.getByRole('button', { name: /통계$/ }).first().click()
    await page.getByRole('dialog').getByRole('table').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await page.getByRole('button', { name: '쿠폰 만들기' }).click()
    await page.getByLabel('고른 메뉴에만').check()
    await page.getByLabel('뼈치킨 한 마리', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await viewOf(page, '통계')
    await page.getByLabel('기간').selectOption('7')
    await page.getByRole('heading', { name: '기간 합계' }).waitFor()
    expect(await violations(page)).toEqual([])
    await viewOf(page, '설정')
    const hours = formOf(page, '영업 시간')
    if (await hours.getByLabel('늘 열려 있음').isChecked())
      await hours.getByLabel('늘 열려 있음').uncheck()
    await hours.getByRole('button', { name: '특별한 날 추가' }).click()
    await hours.locator('input[type=date]').fill('2026-12-25')
    await hours.getByRole('button', { name: '월 시간 추가' }).click()
    await hours.getByRole('button', { name: '저장' }).click()
    await hours.getByRole('alert').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
