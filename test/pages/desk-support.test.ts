import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, CUSTOMER, RESTAURANT_NAME, SUPPORT } from '../../scripts/lib/demo-data.ts'
import { openToAxe, violations } from './axe.ts'
import { ownerOf } from './owner.ts'
import { device, expectNoComplaints, launchBrowser, PHONE, TABLET } from './browser.ts'
import {
  addDish,
  newestNumber,
  openDesk,
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
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

/** A guest's order of two dishes, above what is refunded without a second person; its number. */
async function paidOrder(): Promise<string> {
  const { page, context } = await device(browser, PHONE)
  await page.goto(world.tableUrl('A1'))
  await addDish(page)
  await addDish(page)
  await tapOrder(page)
  await payAtSandbox(page)
  await openOrders(page)
  const number = await newestNumber(page)
  await context.close()
  return number
}

async function findCustomer(page: Page): Promise<void> {
  await viewOf(page, '고객')
  await page.getByLabel('이메일, 이름, 주문 번호, 또는 ID').fill(CUSTOMER.email)
  await page.getByRole('button', { name: '찾기', exact: true }).click()
  await page.getByRole('link', { name: '이*님 열기' }).click()
  await page.getByRole('heading', { name: '상담 메모' }).waitFor()
}

async function findOrder(page: Page, number: string): Promise<void> {
  await viewOf(page, '주문')
  const form = page.getByRole('form', { name: '주문 찾기' })
  await form.getByLabel('주문 번호 또는 ID').fill(number)
  await form.getByRole('combobox', { name: '매장' }).fill(RESTAURANT_NAME.slice(0, 3))
  await form.getByRole('option', { name: RESTAURANT_NAME }).click()
  // The field begins with this machine's day, which need not be the restaurant's.
  await form.getByLabel('영업일').fill(await ownerOf(world).today())
  await form.getByRole('button', { name: '찾기', exact: true }).click()
  await page.getByRole('heading', { name: new RegExp(`^주문 ${number}`) }).waitFor()
}

const settled = (page: Page) =>
  expect.poll(() => page.getByText('불러오는 중이에요').count(), { timeout: 20_000 }).toBe(0)

describe('support with a customer', () => {
  it('finds them masked, sees their e-mail for this view alone, and writes a note', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, SUPPORT)
    await findCustomer(page)
    expect(await page.getByText(CUSTOMER.email).count()).toBe(0)

    await page.getByRole('button', { name: '가린 정보 보기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('이메일').check()
    await sheet.getByLabel('보는 까닭').fill('짧다')
    await sheet.getByRole('button', { name: '보기', exact: true }).click()
    await sheet.getByRole('alert').waitFor()
    await sheet.getByLabel('보는 까닭').fill('환불 영수증을 다시 보내 달라고 함')
    await sheet.getByRole('button', { name: '보기', exact: true }).click()
    await page.getByText(CUSTOMER.email).waitFor()
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    expect(kept + page.url()).not.toContain(CUSTOMER.email)

    await page.getByRole('textbox', { name: '메모' }).fill('두 번 전화함')
    await page.getByRole('button', { name: '메모 남기기' }).click()
    await page.getByRole('listitem').getByText('두 번 전화함').waitFor()
    await page.getByRole('link', { name: /목록으로/ }).click()
    await page.getByRole('link', { name: '이*님 열기' }).click()
    await page.getByText('두 번 전화함', { exact: true }).waitFor()
    expect(await page.getByText(CUSTOMER.email).count()).toBe(0)

    await viewOf(page, '열람 기록')
    const row = page.getByRole('row').filter({ hasText: '가린 정보를 봄' })
    await row.getByText('환불 영수증을 다시 보내 달라고 함').waitFor()
    expectNoComplaints([desk])
  })
})

describe('an address at the desk', () => {
  it('shows no more than the role finds there, and says where there is nothing', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, SUPPORT)
    const goTo = (place: string) => page.evaluate((to) => void (location.hash = to), place)
    for (const place of ['customers/nobody', 'orders/../../admin/settings']) {
      await goTo(place)
      await page.getByRole('heading', { name: /찾을 수 없어요/ }).waitFor()
      await page.getByRole('link', { name: /목록으로/ }).click()
    }
    await goTo('accounts/018f3a4e-0000-8000-8000-9c1d2e3f4a5b')
    await page.getByRole('form', { name: '고객 찾기' }).waitFor()
    await page.getByRole('button', { name: '로그아웃' }).click()
    await page.getByRole('button', { name: '로그인' }).waitFor()
    expect(new URL(page.url()).hash).toBe('')
    expectNoComplaints([desk])
  })
})

describe('support and an administrator with a refund', () => {
  it('one asks for more than the limit, the other approves, and it comes to be done', async () => {
    const number = await paidOrder()
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, SUPPORT)
    await findOrder(page, number)
    await page.getByRole('button', { name: '환불 요청하기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('까닭').fill('음식이 식어서')
    await sheet.getByRole('button', { name: '다음' }).click()
    await sheet.getByRole('button', { name: '환불 요청 보내기' }).click()
    await sheet.waitFor({ state: 'detached' })
    await page.getByText('바로 승인되는 금액보다 커서', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: /환불 승인$/ }).isDisabled()).toBe(true)
    await page.getByText('내가 요청한 환불이라').waitFor()

    const other = await device(browser, TABLET)
    await openDesk(other.page, world.origin, ADMIN)
    await viewOf(other.page, '환불 요청')
    await other.page.getByRole('button', { name: /환불 승인$/ }).click()
    await other.page.getByRole('dialog').getByLabel('메모').fill('영수증 확인')
    await other.page.getByRole('dialog').getByRole('button', { name: '승인' }).click()
    await other.page.getByText('매장이 환불을 받아들였어요.').waitFor()
    await page.getByText('매장이 환불을 받아들였어요.').waitFor()
    await page.getByText('영수증 확인').waitFor()
    await page.getByText('환불됨', { exact: true }).first().waitFor()

    await other.page.getByRole('link', { name: '주문 열기' }).click()
    await other.page.getByRole('heading', { name: new RegExp(`^주문 ${number}`) }).waitFor()
    await settled(other.page)
    expect(await other.page.getByRole('button', { name: '환불 요청하기' }).count()).toBe(0)
    expectNoComplaints([desk, other])
  })
})

describe.each(['light', 'dark'] as const)('every view of support, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, TABLET, scheme)
    await openDesk(page, world.origin, SUPPORT)
    await findCustomer(page)
    await settled(page)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '가린 정보 보기' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await page.getByRole('link', { name: /목록으로/ }).click()
    await page.getByRole('heading', { name: /찾은 고객/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await findOrder(page, 'A001')
    await settled(page)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: /목록으로/ }).click()
    await page.getByRole('form', { name: '주문 찾기' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${world.origin}/desk#refunds/all`)
    await page.getByRole('article').first().waitFor()
    expect(await violations(page)).toEqual([])
    await viewOf(page, '열람 기록')
    await page.getByRole('table').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
