import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { OWNER, type DemoAccount } from '../../scripts/lib/demo-data.ts'

/** The first dish, with whatever must be chosen chosen already, into the cart. */
export async function addDish(page: Page, name = '뼈치킨 한 마리'): Promise<void> {
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('button', { name: /담기$/ }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

export async function openCart(page: Page): Promise<void> {
  await page.getByRole('button', { name: /장바구니 보기/ }).click()
  await page.getByRole('dialog', { name: '장바구니' }).waitFor()
}

/** From the cart to the tap on "order". */
export async function tapOrder(page: Page, method = '카드·간편결제'): Promise<void> {
  await openCart(page)
  await page.getByRole('radio', { name: method }).check()
  await page.getByRole('button', { name: /주문하기$/ }).click()
}

/** Pays on the sandbox's page and comes back to the table's. */
export async function payAtSandbox(page: Page): Promise<void> {
  await page.waitForURL(/checkout/)
  await page.getByRole('button', { name: /결제하기/ }).click()
  await page.getByRole('link', { name: '주문 지켜보기' }).click()
}

/** A view of the guest's page. Just after the tap on "order" a tap counts as its second, and does nothing. */
export async function openTab(page: Page, name: string | RegExp): Promise<void> {
  const tab = page.getByRole('navigation').getByRole('button', { name })
  await expect
    .poll(async () => {
      await tab.click()
      return tab.getAttribute('aria-current')
    })
    .toBe('page')
}
export const openOrders = (page: Page): Promise<void> => openTab(page, /^주문/)

/** Signs a tablet in as the demo restaurant's owner. */
export async function openBoard(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/board`)
  await page.getByLabel('이메일').fill(OWNER.email)
  await page.getByLabel('비밀번호').fill(OWNER.password)
  await page.getByRole('button', { name: '로그인' }).click()
  await page.getByRole('heading', { name: /새 주문/ }).waitFor()
}

/** The card of an order on a board. */
export const cardOf = (page: Page, number: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: number }) })

/** The number of the newest order that the guest's page shows. */
export async function newestNumber(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { name: /^주문 [A-Z]\d+/ }).first()
  await heading.waitFor()
  return (await heading.innerText()).replace('주문 ', '').trim()
}

/** Signs the demo restaurant's owner in to the office, at its first view. */
export async function openOffice(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/office`)
  await page.getByLabel('이메일').fill(OWNER.email)
  await page.getByLabel('비밀번호').fill(OWNER.password)
  await page.getByRole('button', { name: '로그인' }).click()
  await page.getByRole('button', { name: '분류 추가' }).waitFor()
}

/** Signs somebody in to the desk, at the first view of their role. */
export async function openDesk(page: Page, origin: string, who: DemoAccount): Promise<void> {
  await page.goto(`${origin}/desk`)
  await page.getByLabel('이메일').fill(who.email)
  await page.getByLabel('비밀번호').fill(who.password)
  await page.getByRole('button', { name: '로그인' }).click()
  await page.getByRole('navigation', { name: '데스크' }).waitFor()
}

/** Goes to another view of the office or the desk. */
export async function viewOf(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}
