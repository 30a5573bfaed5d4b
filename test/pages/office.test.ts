import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWNER } from '../../scripts/lib/demo-data.ts'
import { openToAxe, violations } from './axe.ts'
import { device, expectNoComplaints, launchBrowser, PHONE, TABLET } from './browser.ts'
import { openOffice, viewOf } from './people.ts'
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

/** As the owner does it from another device. */
async function endOtherLogins(): Promise<void> {
  const api = `${world.origin}/api/v1/auth`
  const { email, password } = OWNER
  const login = await fetch(`${api}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const headers = { Authorization: `Bearer ${token}` }
  expect((await fetch(`${api}/sessions`, { method: 'DELETE', headers })).ok).toBe(true)
}

/** A picture of one colour, drawn by the browser itself. */
const drawPicture = async (page: Page): Promise<Buffer> => {
  const text = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('nothing to draw with')
    pen.fillStyle = '#a33a12'
    pen.fillRect(0, 0, 320, 240)
    return canvas.toDataURL('image/png').replace('data:image/png;base64,', '')
  })
  return Buffer.from(text, 'base64')
}

describe('an owner in the office', () => {
  it('adds a category, a dish with an option and a picture, and a table: a guest sees them', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)

    await page.getByRole('button', { name: '분류 추가' }).click()
    const category = page.getByRole('dialog')
    await category.getByLabel('분류 이름').fill('디저트')
    await category.getByRole('button', { name: '저장' }).click()
    await page.getByRole('heading', { name: '디저트' }).waitFor()

    await page.getByRole('button', { name: '디저트에 메뉴 추가' }).click()
    const dish = page.getByRole('dialog')
    await dish.getByLabel('메뉴 이름').fill('호떡')
    await dish.getByLabel(/^값/).fill('4500')
    await dish.getByLabel('사진').setInputFiles({
      name: 'hotteok.png',
      mimeType: 'image/png',
      buffer: await drawPicture(page),
    })
    await dish.getByRole('button', { name: '옵션 추가' }).click()
    await dish.getByLabel('옵션 이름').fill('속')
    await dish.getByLabel('선택지', { exact: true }).fill('씨앗')
    await dish.getByLabel('추가 금액').fill('500')
    await dish.getByRole('button', { name: '저장' }).click()
    await dish.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ hasText: '호떡' })
    await row.locator('img').waitFor()
    expect(await row.innerText()).toContain('4,500')

    await viewOf(page, '테이블')
    await page.getByLabel('테이블 이름').fill('Z9')
    await page.getByRole('button', { name: '테이블 추가' }).click()
    const url = await page.getByRole('link', { name: /^Z9 손님 화면/ }).getAttribute('href')

    const phone = await device(browser, PHONE)
    await phone.page.goto(url ?? '')
    const shown = phone.page.getByRole('button', { name: '호떡' }).first()
    await shown.click()
    const sheet = phone.page.getByRole('dialog')
    await sheet.getByLabel(/씨앗/).check()
    await sheet.getByRole('button', { name: /5,000.*담기$/ }).waitFor()
    const picture = phone.page.locator('img[src^="/images/"]').first()
    await picture.waitFor()
    expectNoComplaints([desk, phone])
  })

  it('takes a dish off the menu, and orders the rest anew', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    const names = () => page.getByRole('heading', { level: 2 }).allInnerTexts()
    const [first = '', second = ''] = await names()
    await page.getByRole('button', { name: `${second} 위로`, exact: true }).click()
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual([second, first])
    await page.getByRole('button', { name: `${second} 아래로`, exact: true }).click()
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual([first, second])
    const remove = page.getByRole('listitem').getByRole('button', { name: /지우기$/ })
    const before = await remove.count()
    await remove.last().click()
    await expect.poll(() => remove.count()).toBe(before - 1)
    await page.reload()
    await expect.poll(() => remove.count()).toBe(before - 1)
    expectNoComplaints([desk])
  })

  it('keeps a setting, and says what a wrong one lacks', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await viewOf(page, '설정')
    const fees = page.getByRole('form', { name: '요금과 세금' })
    await fees.getByLabel(/^봉사료/).fill('5')
    await fees.getByRole('button', { name: '저장' }).click()
    await page.getByText('저장했어요').waitFor()
    await page.reload()
    await expect.poll(() => fees.getByLabel(/^봉사료/).inputValue()).toBe('5')
    const payment = page.getByRole('form', { name: '결제', exact: true })
    await payment.getByLabel('계좌이체').check()
    for (const name of ['은행', '계좌번호', '예금주']) await payment.getByLabel(name).fill('')
    await payment.getByRole('button', { name: '저장' }).click()
    await payment.getByRole('alert').waitFor()
    expectNoComplaints([desk])
  })
})

describe('a log-in that was ended elsewhere', () => {
  it('leads back to the sign-in, and shows nothing of the restaurant any more', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openOffice(page, world.origin)
    await endOtherLogins()
    await page.getByRole('link', { name: '직원', exact: true }).click()
    await page.getByRole('button', { name: '로그인' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
  })
})

describe.each(['light', 'dark'] as const)('every view of the office, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, TABLET, scheme)
    await page.goto(`${world.origin}/office`)
    await page.getByLabel('이메일').waitFor()
    expect(await violations(page)).toEqual([])
    await openOffice(page, world.origin)
    expect(await violations(page)).toEqual([])
    await page
      .getByRole('button', { name: /고치기$/ })
      .first()
      .click()
    await page.getByText(/^알레르기 표시/).click()
    await page.getByRole('button', { name: '옵션 추가' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    for (const name of ['재고', '테이블', '쿠폰', '통계', '설정', '직원']) {
      await viewOf(page, name)
      await page.getByText('불러오는 중이에요').waitFor({ state: 'detached' })
      expect(await violations(page)).toEqual([])
    }
  })
})
