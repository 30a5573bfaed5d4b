import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { device, expectNoComplaints, launchBrowser, PHONE, TABLET } from './browser.ts'
import {
  addDish,
  cardOf,
  newestNumber,
  openBoard,
  openOrders,
  payAtSandbox,
  tapOrder,
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

describe('a guest’s phone and an owner’s tablet', () => {
  it('see an order through: paid, rung, accepted, ready, served', async () => {
    const phone = await device(browser, PHONE)
    const tablet = await device(browser, TABLET)
    await openBoard(tablet.page, world.origin)
    await phone.page.goto(world.tableUrl('A1'))
    await addDish(phone.page)
    await tapOrder(phone.page)
    await payAtSandbox(phone.page)
    await openOrders(phone.page)
    const number = await newestNumber(phone.page)
    await phone.page.getByText('매장이 확인하고 있어요').waitFor()

    const card = cardOf(tablet.page, number)
    await card.getByRole('button', { name: '확인' }).click()
    await card.getByRole('button', { name: '접수' }).click()
    await tablet.page.getByRole('button', { name: '15분' }).click()
    await tablet.page.getByText(/초 뒤에 보내요/).waitFor()
    await phone.page.getByText('만들고 있어요').waitFor()
    await phone.page.getByText(/1[45]분쯤 남았어요/).waitFor()

    await card.getByRole('button', { name: '완성' }).click()
    await phone.page.getByText('다 됐어요').waitFor()
    await card.getByRole('button', { name: '전달 완료' }).click()
    await phone.page.getByText('맛있게 드세요').waitFor()
    await card.waitFor({ state: 'detached' })
    expectNoComplaints([phone, tablet])
  })

  it('send an order that was tapped without a network once, a reload in between', async () => {
    const phone = await device(browser, PHONE)
    const { page, context } = phone
    await page.goto(world.tableUrl('A2'))
    // The page is kept from the second visit on, when its worker stands before it.
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await addDish(page)
    await page.getByRole('button', { name: /장바구니 보기/ }).click()
    await page.getByRole('radio', { name: '계좌이체' }).check()
    await context.setOffline(true)
    await page.getByRole('button', { name: /주문하기$/ }).click()
    await openOrders(page)
    await page.getByText('주문을 보내고 있어요').waitFor()
    await page.reload()
    await openOrders(page)
    await page.getByText('주문을 보내고 있어요').waitFor()
    await context.setOffline(false)
    const number = await newestNumber(page)
    await page.getByText('여기로 보내 주세요').waitFor()
    expect(await page.getByRole('heading', { name: /^주문 [A-Z]\d+/ }).count()).toBe(1)
    const { items } = await world.api.ask<{ items: { order_number: string }[] }>(
      'GET',
      '/restaurants/me/orders?limit=100',
      { token: world.token },
    )
    expect(items.filter((order) => order.order_number === number)).toHaveLength(1)
    expectNoComplaints([phone])
  })

  it('lets a guest cancel until the kitchen has accepted', async () => {
    const { page, complaints } = await device(browser, PHONE)
    await page.goto(world.tableUrl('A1'))
    await addDish(page)
    await tapOrder(page, '계좌이체')
    await page.getByRole('button', { name: '주문 취소' }).click()
    await page.getByRole('button', { name: '네, 취소할게요' }).click()
    await page.getByText('취소된 주문이에요').waitFor()
    expectNoComplaints([{ complaints }])
  })

  it('closes what is open by the phone’s back button, and stays on the page', async () => {
    const { page } = await device(browser, PHONE)
    await page.goto(world.tableUrl('A1'))
    await page.getByRole('button', { name: '뼈치킨 한 마리' }).first().click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await openOrders(page)
    await page.goBack()
    await page.getByRole('searchbox').waitFor()
  })

  it('take a double tap for one, and stay on the page', async () => {
    const { page } = await device(browser, PHONE)
    await page.goto(world.origin)
    await page.goto(world.tableUrl('A3'))
    await page.getByRole('button', { name: '뼈치킨 한 마리' }).first().dblclick()
    await page.getByRole('button', { name: /담기$/ }).dblclick()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '장바구니 보기 · 1개' }).waitFor()
  })

  it('finds dishes by their initial consonants, and speaks English when asked to', async () => {
    const { page } = await device(browser, PHONE)
    await page.goto(world.tableUrl('A1'))
    await page.getByRole('searchbox').fill('ㅊㅈㅂ')
    await page.getByRole('button', { name: '치즈볼' }).waitFor()
    expect(await page.getByRole('button', { name: '뼈치킨 한 마리' }).count()).toBe(0)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('searchbox', { name: 'Search the menu' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.reload()
    await page.getByRole('searchbox', { name: 'Search the menu' }).waitFor()
  })
})

describe('two tablets', () => {
  const order = async () => {
    const phone = await device(browser, PHONE)
    await phone.page.goto(world.tableUrl('A1'))
    await addDish(phone.page)
    await tapOrder(phone.page)
    await payAtSandbox(phone.page)
    await openOrders(phone.page)
    return newestNumber(phone.page)
  }

  it('ring together, and fall silent together when one of them has seen it', async () => {
    const [first, second] = [await device(browser, TABLET), await device(browser, TABLET)]
    await openBoard(first.page, world.origin)
    await openBoard(second.page, world.origin)
    const number = await order()
    await cardOf(second.page, number).getByRole('button', { name: '확인' }).waitFor()
    await cardOf(first.page, number).getByRole('button', { name: '확인' }).click()
    await cardOf(second.page, number)
      .getByRole('button', { name: '확인' })
      .waitFor({ state: 'detached' })
    expectNoComplaints([first, second])
  })

  it('take a tap back within five seconds: nothing was sent', async () => {
    const tablet = await device(browser, TABLET)
    await openBoard(tablet.page, world.origin)
    const number = await order()
    const card = cardOf(tablet.page, number)
    await card.getByRole('button', { name: '거절' }).click()
    await tablet.page.getByRole('dialog').getByRole('button', { name: '거절' }).click()
    await tablet.page.getByRole('button', { name: '되돌리기' }).click()
    await card.getByRole('button', { name: '접수' }).waitFor()
    expectNoComplaints([tablet])
  })

  it('send what was tapped offline when the line is back, and explain what came too late', async () => {
    const [near, far] = [await device(browser, TABLET), await device(browser, TABLET)]
    await openBoard(near.page, world.origin)
    await openBoard(far.page, world.origin)
    const number = await order()
    await cardOf(far.page, number).getByRole('button', { name: '접수' }).waitFor()
    await far.context.setOffline(true)
    await cardOf(far.page, number).getByRole('button', { name: '접수' }).click()
    await far.page.getByRole('button', { name: '20분' }).click()
    await cardOf(near.page, number).getByRole('button', { name: '거절' }).click()
    await near.page.getByRole('dialog').getByRole('button', { name: '거절' }).click()
    await cardOf(near.page, number).waitFor({ state: 'detached' })
    await near.page.getByText(/초 뒤에 보내요/).waitFor({ state: 'detached' })
    await far.page.getByText(/연결이 끊겼어요/).waitFor()
    await far.context.setOffline(false)
    await far.page.getByText('반영되지 않았어요').waitFor()
    await far.page.getByRole('button', { name: '알겠어요' }).click()
    await cardOf(far.page, number).waitFor({ state: 'detached' })
    expectNoComplaints([near, far])
  })
})
