import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToAxe, violations } from './axe.ts'
import { launchBrowser, PHONE, TABLET } from './browser.ts'
import { addDish, openBoard, openOrders, openTab, tapOrder } from './people.ts'
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

describe.each(['light', 'dark'] as const)('every view, %s', (scheme) => {
  it('of the guest’s page', async () => {
    const page = await openToAxe(browser, PHONE, scheme)
    await page.goto(world.tableUrl('A1'))
    await page.getByRole('button', { name: '뼈치킨 한 마리' }).first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '뼈치킨 한 마리' }).first().click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await addDish(page)
    await page.getByRole('button', { name: /장바구니 보기/ }).click()
    await page.getByRole('button', { name: /주문하기$/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '닫기' }).click()
    await tapOrder(page, '계좌이체')
    await page.getByText('여기로 보내 주세요').waitFor()
    expect(await violations(page)).toEqual([])
    for (const tab of ['계산서', '내 정보']) {
      await openTab(page, tab)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await violations(page)).toEqual([])
    }
  })

  it('of the board', async () => {
    const guest = await openToAxe(browser, PHONE, scheme)
    await guest.goto(world.tableUrl('A2'))
    await addDish(guest)
    await tapOrder(guest)
    await guest.waitForURL(/checkout/)
    await guest.getByRole('button', { name: /결제하기/ }).click()
    await guest.getByRole('link', { name: '주문 지켜보기' }).click()
    await openOrders(guest)
    const page = await openToAxe(browser, TABLET, scheme)
    await page.goto(`${world.origin}/board`)
    await page.getByLabel('이메일').waitFor()
    expect(await violations(page)).toEqual([])
    await openBoard(page, world.origin)
    await page.getByRole('button', { name: '접수' }).first().waitFor()
    expect(await violations(page)).toEqual([])
    for (const name of ['접수', '거절', '품절·재고', '영업', '오늘']) {
      await page.getByRole('button', { name }).first().click()
      await page.getByRole('dialog').waitFor()
      await page.getByText('불러오는 중이에요').waitFor({ state: 'detached' })
      expect(await violations(page)).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: '닫기' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it('of the landing page', async () => {
    const page = await openToAxe(browser, PHONE, scheme)
    await page.goto(world.origin)
    await page.getByRole('button', { name: '데모 테이블 보기' }).click()
    await page.getByRole('link', { name: 'A1' }).waitFor()
    expect(await violations(page)).toEqual([])
  })
})
