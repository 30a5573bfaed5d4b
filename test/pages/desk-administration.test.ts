import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, CUSTOMER, MARKETING, RESTAURANT_NAME } from '../../scripts/lib/demo-data.ts'
import { openToAxe, violations } from './axe.ts'
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

const PARTNER = '정산 시스템'

/** Fills in why, and agrees. */
async function agree(page: Page, button: string): Promise<void> {
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('사유').fill('연습으로 해 봅니다')
  await sheet.getByRole('button', { name: button, exact: true }).click()
  await sheet.waitFor({ state: 'detached' })
}

/** Finds somebody by what their e-mail begins with, and opens their account. */
async function openAccount(page: Page, { email, name }: typeof ADMIN): Promise<void> {
  await viewOf(page, '계정')
  await page.getByLabel('이메일 앞부분').fill(email)
  await page.getByRole('button', { name: '찾기' }).click()
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 2, name }).waitFor()
}

describe('an administrator and the accounts', () => {
  it('gives a role, locks and opens: the log-in of whoever is locked ends', async () => {
    const [desk, theirs] = [await device(browser, TABLET), await device(browser, TABLET)]
    const { page } = desk
    await openDesk(theirs.page, world.origin, MARKETING)
    await openDesk(page, world.origin, ADMIN)
    await openAccount(page, MARKETING)
    await page.getByRole('button', { name: '역할 바꾸기' }).click()
    await page.getByRole('dialog').getByLabel('새 역할').selectOption('SUPPORT')
    await agree(page, '역할 바꾸기')
    await page.getByText('고객 지원', { exact: true }).waitFor()

    await openDesk(theirs.page, world.origin, MARKETING)
    await theirs.page.getByRole('link', { name: '환불 요청' }).waitFor()
    await page.getByRole('button', { name: '잠그기' }).click()
    await agree(page, '잠그기')
    await page.getByText('열린 로그인이 없어요.').waitFor()

    await theirs.page.getByRole('link', { name: '정산', exact: true }).click()
    await theirs.page.getByLabel('비밀번호').fill(MARKETING.password)
    await theirs.page.getByLabel('이메일').fill(MARKETING.email)
    await theirs.page.getByRole('button', { name: '로그인' }).click()
    await theirs.page.getByRole('alert').waitFor()

    await page.getByRole('button', { name: '잠금 풀기' }).click()
    await agree(page, '잠금 풀기')
    await page.getByRole('button', { name: '역할 바꾸기' }).click()
    await page.getByRole('dialog').getByLabel('새 역할').selectOption('MARKETING')
    await agree(page, '역할 바꾸기')
    await openDesk(theirs.page, world.origin, MARKETING)
    expectNoComplaints([desk, theirs])
  })

  it('changes nothing about themselves, and is told why', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await openAccount(page, ADMIN)
    await page.getByText(/다른 관리자에게 부탁/).waitFor()
    expect(await page.getByRole('button', { name: '개인정보 지우기' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: '역할 바꾸기' }).count()).toBe(0)
    expectNoComplaints([desk])
  })

  it('takes a copy of what is held of somebody, and erases them after their e-mail again', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    const email = `gone-${Date.now()}@demo.ordersync.test`
    const json = { email, password: CUSTOMER.password, name: '박떠남' }
    await world.api.ask('POST', '/auth/register', { body: json })
    await openDesk(page, world.origin, ADMIN)
    await openAccount(page, { ...CUSTOMER, email, name: '박떠남' })
    await page.getByRole('button', { name: '모두 내려받기' }).click()
    const coming = page.waitForEvent('download')
    await agree(page, '파일 받기')
    const file = JSON.parse(await readFile(await (await coming).path(), 'utf8')) as {
      account: { email: string }
    }
    expect(file.account.email).toBe(email)

    await page.getByRole('button', { name: '개인정보 지우기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('사유').fill('본인이 부탁했습니다')
    await sheet.getByLabel('이메일 다시 적기').fill('somebody@else.test')
    await sheet.getByRole('button', { name: '개인정보 지우기' }).click()
    await sheet.getByRole('alert').waitFor()
    await sheet.getByLabel('이메일 다시 적기').fill(email)
    await sheet.getByRole('button', { name: '개인정보 지우기' }).click()
    await page.getByRole('heading', { name: '삭제 진행' }).waitFor()
    await page.getByRole('heading', { level: 2, name: '삭제된 회원' }).waitFor()
    expectNoComplaints([desk])
  })
})

describe('an administrator and a partner', () => {
  it('adds one with a key told once, what it may see, and where it is pushed to', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '제휴사')
    await page.getByRole('button', { name: '제휴사 추가' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('이름').fill(PARTNER)
    await sheet.getByLabel(/^인증서 지문/).fill('1234')
    await sheet.getByRole('button', { name: '제휴사 추가' }).click()
    await sheet
      .getByText(/16진수 64자로 적어/)
      .first()
      .waitFor()
    await sheet.getByLabel(/^인증서 지문/).fill('')
    await sheet.getByRole('button', { name: '제휴사 추가' }).click()
    const secret = await page.getByLabel('클라이언트 비밀', { exact: true }).inputValue()
    const clientId = await page.getByLabel('클라이언트 ID', { exact: true }).inputValue()
    const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret }
    await world.api.ask('POST', '/oauth/token', { body })
    await page.getByRole('button', { name: '옮겨 적었어요' }).click()
    await page.getByRole('heading', { level: 2, name: PARTNER }).waitFor()
    expect(await page.content()).not.toContain(secret)

    const keys = page.getByRole('region', { name: '열쇠' })
    await keys.getByRole('button', { name: '새 열쇠' }).click()
    await page.getByRole('dialog').getByLabel('지금 것을 더 쓸 기간').selectOption('3600')
    await page.getByRole('dialog').getByRole('button', { name: '새 열쇠' }).click()
    await page.getByRole('button', { name: '옮겨 적었어요' }).click()
    await keys.getByRole('listitem').nth(1).waitFor()
    await keys
      .getByRole('button', { name: /끝내기$/ })
      .last()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: '끝내기' }).click()
    await keys.getByText('끝남', { exact: true }).waitFor()
    expect(await keys.getByRole('button', { name: /끝내기$/ }).count()).toBe(1)

    const seen = page.getByRole('region', { name: '구독' })
    await seen.getByRole('button', { name: '구독 추가' }).click()
    await page.getByRole('dialog').getByLabel('고른 종류만').check()
    await page.getByRole('dialog').getByLabel('새 주문').check()
    await page.getByRole('dialog').getByRole('button', { name: '구독 추가' }).click()
    await seen.getByText('모든 매장 (앞으로 생길 매장도)').waitFor()

    const pushed = page.getByRole('region', { name: '보내는 주소' })
    await pushed.getByRole('button', { name: '주소 추가' }).click()
    await page.getByRole('dialog').getByLabel('주소', { exact: true }).fill('http://inside.local/')
    await page.getByRole('dialog').getByRole('button', { name: '주소 추가' }).click()
    await page
      .getByRole('dialog')
      .getByText(/https로 시작해야/)
      .first()
      .waitFor()
    const url = 'https://partner.example.invalid/hook'
    await page.getByRole('dialog').getByLabel('주소', { exact: true }).fill(url)
    await page.getByRole('dialog').getByRole('button', { name: '주소 추가' }).click()
    expect(await page.getByLabel('서명 비밀', { exact: true }).inputValue()).toMatch(/^whsec_/)
    await page.getByRole('button', { name: '옮겨 적었어요' }).click()
    await pushed.getByRole('button', { name: `${url} 시험해 보기` }).click()
    await pushed.getByText(/답이 없어요|보내지 못했어요|거절했어요/).waitFor()
    await pushed.getByRole('button', { name: `${url} 지우기` }).click()
    await page.getByRole('dialog').getByRole('button', { name: '지우기' }).click()
    await pushed.getByText(/보내는 주소가 없어요/).waitFor()
    // Whoever removed it by the keyboard goes on from here.
    const goesOn = () => pushed.evaluate((region) => region.contains(document.activeElement))
    await expect.poll(goesOn).toBe(true)
    expectNoComplaints([desk])
  })
})

describe('an administrator and an order', () => {
  it('finds it among all of them and ends it in its restaurant’s place: the guest reads why', async () => {
    const [phone, desk] = [await device(browser, PHONE), await device(browser, TABLET)]
    await phone.page.goto(world.tableUrl('A1'))
    await addDish(phone.page)
    await tapOrder(phone.page)
    await payAtSandbox(phone.page)
    await openOrders(phone.page)
    const number = await newestNumber(phone.page)

    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '주문')
    const all = page.getByRole('region', { name: '모든 매장의 주문' })
    await all.getByLabel('주문 번호').fill(number)
    await all.getByRole('button', { name: '찾기' }).click()
    await all.getByText(/30일 안에서만/).waitFor()
    await all.getByRole('link', { name: `주문 ${number}, ${RESTAURANT_NAME}` }).click()
    const moves = page.getByRole('region', { name: '관리자 처리' })
    await moves.getByRole('button', { name: '접수' }).click()
    await agree(page, '접수')
    await moves.getByText('조리 중').waitFor()
    await moves.getByRole('button', { name: '취소' }).click()
    await agree(page, '취소')
    await moves.getByText('취소됨').waitFor()
    const id = page.url().split('/').at(-1) ?? ''
    await page.getByRole('link', { name: /목록으로/ }).click()
    await all.getByLabel('주문 번호').fill(id)
    await all.getByRole('button', { name: '찾기' }).click()
    await page.getByRole('heading', { name: new RegExp(`^주문 ${number}`) }).waitFor()
    await phone.page.getByText('연습으로 해 봅니다').waitFor()
    expectNoComplaints([phone, desk])
  })
})

describe('an administrator and the money', () => {
  it('enters a rate, corrects it, and has the books checked', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '정산')
    const rate = page.getByLabel('1 USD은 몇 KRW인가요?')
    await rate.fill('천 원')
    await page.getByRole('button', { name: '환율 적기' }).click()
    await page.getByText(/숫자로 적어/).waitFor()
    await rate.fill('1,385.5')
    await page.getByRole('button', { name: '환율 적기' }).click()
    await page.getByText('1 USD = 1385.5 KRW').waitFor()
    await rate.fill('1390')
    await page.getByRole('button', { name: '환율 적기' }).click()
    await page.getByText('1 USD = 1390 KRW').waitFor()
    expect(await page.getByText('1 USD = 1385.5 KRW').count()).toBe(0)

    await page.getByRole('button', { name: '지금 모두 대조하기' }).click()
    await page.getByRole('row').filter({ hasText: '모두' }).waitFor()
    expectNoComplaints([desk])
  })
})

describe('the audit trail', () => {
  it('has every line of it, and narrows them down', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '변경 기록')
    const trail = page.getByRole('region', { name: '변경 기록' })
    const of = async (action: string) => {
      await page.getByLabel('한 일').selectOption({ label: action })
      await page.getByRole('button', { name: '찾기' }).click()
      return trail.getByRole('listitem').filter({ hasText: action }).first()
    }
    const role = await of('역할을 바꿈')
    await role.getByText('고객 지원').waitFor()
    await role.getByText('마케팅').waitFor()
    await role.getByRole('link', { name: '나', exact: true }).waitFor()
    for (const action of [
      '계정을 잠금',
      '개인정보를 지움',
      '제휴사를 추가함',
      '제휴사에 새 열쇠를 줌',
      '보내는 주소를 지움',
      '주문을 처리함',
      '환율을 적음',
      '장부를 대조함',
    ])
      await (await of(action)).waitFor()
    await trail.getByText('자세히').first().click()
    await trail.getByRole('button', { name: '이 대상만' }).first().click()
    await page.getByText('한 대상의 기록만 보고 있어요.').waitFor()
    await page.getByRole('button', { name: '조건 지우기' }).click()
    await trail.getByText('역할을 바꿈').first().waitFor()
    expectNoComplaints([desk])
  })
})

describe.each(['light', 'dark'] as const)('every view of administration, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, TABLET, scheme)
    const read = () => page.getByText('불러오는 중이에요').first().waitFor({ state: 'detached' })
    await openDesk(page, world.origin, ADMIN)
    for (const name of ['주문', '정산', '변경 기록', '제휴사', '계정']) {
      await viewOf(page, name)
      await read()
      expect(await violations(page)).toEqual([])
    }
    await openAccount(page, CUSTOMER)
    await page.getByRole('button', { name: '개인정보 지우기' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    expect(await violations(page)).toEqual([])
    await viewOf(page, '제휴사')
    await page.getByRole('link', { name: PARTNER }).click()
    await page.getByRole('heading', { level: 3, name: '보내는 주소' }).waitFor()
    await read()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '구독 추가' }).click()
    await page.getByRole('dialog').getByLabel('한 매장').check()
    await page.getByRole('dialog').getByLabel('고른 종류만').check()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await viewOf(page, '주문')
    await page
      .getByRole('link', { name: new RegExp(RESTAURANT_NAME) })
      .first()
      .click()
    await page.getByRole('heading', { name: '관리자 처리' }).waitFor()
    await read()
    expect(await violations(page)).toEqual([])
  })
})
