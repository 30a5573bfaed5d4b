import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, MARKETING, SECOND_ADMIN, SUPPORT } from '../../scripts/lib/demo-data.ts'
import { openToAxe, violations } from './axe.ts'
import { device, expectNoComplaints, launchBrowser, PHONE, TABLET } from './browser.ts'
import { addDish, openDesk, openOrders, payAtSandbox, tapOrder, viewOf } from './people.ts'
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

const VIEWS = ['현황', '알림', '내보내기', '플랫폼 설정'] as const
const SOON = { timeout: 20_000 }
const nothingLoads = (page: Page) =>
  expect.poll(() => page.getByText('불러오는 중이에요').count(), SOON).toBe(0)

/** An order of a guest whose card goes to a channel that takes nothing. */
async function orderWithoutCard(): Promise<void> {
  const body = {
    order_cards: ['discord'],
    sinks: { discord: { webhook_url: `${world.sandbox}/chat/discord/kitchen/answers/404` } },
  }
  await world.api.ask('PATCH', '/restaurants/me', { token: world.token, body })
  const { context, page } = await device(browser, PHONE)
  await page.goto(world.tableUrl('A1'))
  await addDish(page)
  await tapOrder(page)
  await payAtSandbox(page)
  await openOrders(page)
  await context.close()
}

describe('two administrators and a setting', () => {
  it('one proposes and cannot decide it, the other approves', async () => {
    const [first, second] = [await device(browser, TABLET), await device(browser, TABLET)]
    await openDesk(first.page, world.origin, ADMIN)
    await viewOf(first.page, '플랫폼 설정')
    await first.page.getByRole('button', { name: '환불을 요청할 수 있는 기간 바꾸기 제안' }).click()
    const sheet = first.page.getByRole('dialog')
    await sheet.getByLabel('이유').fill('분기 정산을 앞당깁니다')
    await sheet.getByRole('button', { name: '제안하기' }).click()
    await sheet.getByText('지금과 같은 값이에요').first().waitFor()
    await sheet.getByLabel('새 값').fill('60')
    await sheet.getByRole('button', { name: '제안하기' }).click()
    await first.page.getByText(/내가 제안했어요/).waitFor()
    expect(await first.page.getByRole('button', { name: /승인$/ }).count()).toBe(0)

    await openDesk(second.page, world.origin, SECOND_ADMIN)
    await viewOf(second.page, '플랫폼 설정')
    await second.page
      .getByText(new RegExp(`${ADMIN.name} 제안`))
      .first()
      .waitFor()
    await second.page.getByRole('button', { name: '환불을 요청할 수 있는 기간: 승인' }).click()
    const decision = second.page.getByRole('dialog')
    await decision.getByLabel(/남길 말/).fill('확인했습니다')
    await decision.getByRole('button', { name: '승인', exact: true }).click()
    await second.page.getByRole('heading', { name: '환불을 요청할 수 있는 기간: 60일' }).waitFor()
    await second.page.getByText('“확인했습니다”').waitFor()
    await first.page.reload()
    await first.page.getByRole('heading', { name: '환불을 요청할 수 있는 기간: 60일' }).waitFor()
    expectNoComplaints([first, second])
  })
})

describe('an administrator and alerts', () => {
  it('changes a rule; what is wrong stands at its field, and nothing is saved', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '알림')
    await page.getByRole('button', { name: '규칙 고치기' }).click()
    const rule = page.getByRole('group', { name: '재고 부족' })
    const ends = rule.getByLabel('끝나는 값')
    await ends.fill('7')
    await page.getByRole('button', { name: '저장' }).click()
    await rule.getByText('시작하는 값보다 작아야 해요.').waitFor()
    const isAt = () => ends.evaluate((field) => field === document.activeElement)
    await expect.poll(isAt, SOON).toBe(true)
    await rule.getByLabel('시작하는 값').fill('8')
    await page.getByRole('button', { name: '저장' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: '재고 부족' })
      .getByText(/8 이상이면 시작, 7 이하면 끝/)
      .waitFor()
    expectNoComplaints([desk])
  })

  it('adds a channel whose address nobody sees again, tests it, and switches it off', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '알림')
    await page.getByRole('button', { name: '받는 곳 추가' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Discord').check()
    await sheet.getByLabel('이름').fill('운영팀')
    await sheet.getByLabel('주소').fill('https://elsewhere.example/hook')
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet.getByText('이 서비스의 주소가 아니에요').first().waitFor()
    await sheet.getByLabel('주소').fill(`${world.sandbox}/chat/discord/operation`)
    await sheet.getByRole('button', { name: '저장' }).click()
    await sheet.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ hasText: '운영팀' })
    await row.getByRole('button', { name: '운영팀에 시험 보내기' }).click()
    await row.getByText(/잘 도착했어요/).waitFor()
    expect(await page.content()).not.toContain('chat/discord/operation')
    await row.getByRole('button', { name: '운영팀 끄기' }).click()
    await row.getByText('꺼짐', { exact: true }).waitFor()
    await row.getByRole('link', { name: '운영팀에 보낸 내용' }).click()
    await page.getByRole('row').filter({ hasText: '시험' }).getByText('도착').waitFor()
    expectNoComplaints([desk])
  })
})

describe('what goes out', () => {
  it('is seen where it was given up, and sent again: one, and all that a filter finds', async () => {
    await orderWithoutCard()
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '내보내기')
    const deliveries = page.getByRole('region', { name: '전송' })
    const row = deliveries.getByRole('listitem').filter({ hasText: 'Discord' })
    const untilGivenUp = () =>
      expect
        .poll(async () => {
          await deliveries.getByLabel('상태').selectOption('')
          await deliveries.getByLabel('상태').selectOption('DEAD')
          await nothingLoads(page)
          return row.count()
        }, SOON)
        .toBe(1)
    await untilGivenUp()
    await row.getByRole('button', { name: /^다시 보내기: |다시 보내기$/ }).click()
    await row.getByText('대기', { exact: true }).waitFor()
    await untilGivenUp()
    await deliveries.getByRole('button', { name: '모두 다시 보내기' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: '모두 다시 보내기' }).click()
    await deliveries.getByText('1건을 다시 보냈어요.').waitFor()
    expectNoComplaints([desk])
  })

  it('is rebuilt after being asked, and says how far it is', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, ADMIN)
    await viewOf(page, '내보내기')
    await page.getByRole('link', { name: '유지 보수' }).click()
    await page.getByRole('button', { name: '시작' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '시작' }).click()
    await page.getByRole('heading', { name: '주문 다시 만들기' }).waitFor()
    await page.getByText('끝났어요').waitFor()
    await page.reload()
    await page.getByText('끝났어요').waitFor()
    expectNoComplaints([desk])
  })
})

describe('others at the desk', () => {
  it('see the same without the buttons: support', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, SUPPORT)
    await viewOf(page, '알림')
    await page.getByRole('heading', { name: '규칙' }).waitFor()
    await nothingLoads(page)
    for (const name of ['규칙 고치기', '받는 곳 추가', /시험 보내기$/, /끄기$/, /지우기$/])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    await viewOf(page, '내보내기')
    await nothingLoads(page)
    expect(await page.getByRole('button', { name: /보내기$/ }).count()).toBe(0)
    expect(await page.getByRole('link', { name: /큐 메시지|유지 보수/ }).count()).toBe(0)
    await viewOf(page, '현황')
    await page.getByRole('heading', { name: '기간 통계' }).waitFor()
    await nothingLoads(page)
    expect(await page.getByRole('heading', { name: '지금의 상태' }).count()).toBe(0)
    expectNoComplaints([desk])
  })

  it('see the figures of some days alone: marketing', async () => {
    const desk = await device(browser, TABLET)
    const { page } = desk
    await openDesk(page, world.origin, MARKETING)
    await page.getByRole('heading', { name: '날짜별' }).waitFor()
    await page.getByRole('button', { name: '오늘' }).click()
    await page.getByRole('button', { name: '오늘', pressed: true }).waitFor()
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['기간 통계'])
    expect(await page.getByRole('alert').count()).toBe(0)
    expectNoComplaints([desk])
  })
})

describe.each(['light', 'dark'] as const)('what runs the platform, %s', (scheme) => {
  it('is without a violation', async () => {
    const page = await openToAxe(browser, TABLET, scheme)
    await openDesk(page, world.origin, ADMIN)
    for (const name of VIEWS) {
      await viewOf(page, name)
      await nothingLoads(page)
      expect(await violations(page)).toEqual([])
    }
    await page
      .getByRole('button', { name: /바꾸기 제안$/ })
      .first()
      .click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await viewOf(page, '알림')
    await page.getByRole('button', { name: '규칙 고치기' }).click()
    await page.getByRole('button', { name: '받는 곳 추가' }).click()
    await page.getByLabel('고른 알림만').check()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    expect(await violations(page)).toEqual([])
    await viewOf(page, '내보내기')
    for (const name of ['제휴사 이벤트', '큐 메시지', '유지 보수']) {
      await page.getByRole('link', { name }).click()
      await nothingLoads(page)
      expect(await violations(page)).toEqual([])
    }
  })
})
