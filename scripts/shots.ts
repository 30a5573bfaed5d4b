// npm run pages:shots: the pictures of the main pages in docs/images, from a server of its own with the
// demo's data and a few orders under way. Needs Chromium.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { startWorld, type World } from '../test/pages/world.ts'
import { launchBrowser } from './lib/browser.ts'
import { ADMIN, OWNER, type DemoAccount } from './lib/demo-data.ts'
import { ROOT } from './lib/place.ts'
import { putPictures } from './pictures/put.ts'
import { orderSome } from './pictures/orders.ts'

const FOLDER = join(ROOT, 'docs', 'images')
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, hasTouch: true }
const TABLET = { viewport: { width: 1180, height: 800 }, hasTouch: true }

async function open(browser: Browser, device: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    ...device,
  })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

async function signIn(page: Page, { email, password }: DemoAccount): Promise<void> {
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호').fill(password)
  await page.getByRole('button', { name: '로그인' }).click()
}

/** What is on the screen, once its pictures are there and nothing moves. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() =>
    Array.from(document.images).every(
      (one) => one.getBoundingClientRect().top > innerHeight || one.naturalWidth > 0,
    ),
  )
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)))
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 82 })
  console.log(`docs/images/${name}.jpg`)
  await page.context().close()
}

async function guest(browser: Browser, world: World): Promise<void> {
  const menu = await open(browser, PHONE, world.tableUrl('A1'))
  await menu.getByText('A1 테이블').waitFor()
  await shoot(menu, 'guest-menu')

  const order = await open(browser, PHONE, world.tableUrl('C5'))
  await order.getByRole('button', { name: '간장마늘치킨' }).first().click()
  await order.getByRole('button', { name: /담기$/ }).click()
  await order.getByRole('button', { name: /장바구니 보기/ }).click()
  await order.getByRole('radio', { name: '카드·간편결제' }).check()
  await order.getByRole('button', { name: /주문하기$/ }).click()
  await order.waitForURL(/checkout/)
  await order.getByRole('button', { name: /결제하기/ }).click()
  await order.getByRole('link', { name: '주문 지켜보기' }).click()
  await order.getByRole('navigation').getByRole('button', { name: /^주문/ }).click()
  const number = await order
    .getByRole('heading', { name: /^주문 [A-Z]\d+/ })
    .first()
    .innerText()
  await acceptOrder(world, number.replace('주문 ', '').trim())
  await order.getByText('만들고 있어요').first().waitFor()
  await shoot(order, 'guest-order')
}

async function acceptOrder({ api, token }: World, number: string): Promise<void> {
  const { items } = await api.ask<{ items: { order_id: string; order_number: string }[] }>(
    'GET',
    '/restaurants/me/orders',
    { token },
  )
  const id = items.find((one) => one.order_number === number)?.order_id ?? ''
  await api.ask('POST', `/restaurants/me/orders/${id}/accept`, {
    token,
    body: { estimated_time_minutes: 15 },
  })
}

async function work(browser: Browser, { origin }: World): Promise<void> {
  const board = await open(browser, TABLET, `${origin}/board`)
  await signIn(board, OWNER)
  await board.getByRole('heading', { name: /새 주문/ }).waitFor()
  await board.getByRole('listitem').first().waitFor()
  await shoot(board, 'board')

  for (const view of ['menu', 'statistics']) {
    const office = await open(browser, TABLET, `${origin}/office#${view}`)
    await signIn(office, OWNER)
    await office.getByText('뼈치킨 한 마리').first().waitFor()
    await shoot(office, `office-${view}`)
  }

  const desk = await open(browser, TABLET, `${origin}/desk#orders`)
  await signIn(desk, ADMIN)
  await desk.getByRole('heading', { level: 1 }).waitFor()
  await desk.getByText('맛있는 치킨집').first().waitFor()
  await shoot(desk, 'desk-orders')
}

const world = await startWorld()
const browser = await launchBrowser()
try {
  await mkdir(FOLDER, { recursive: true })
  await putPictures(browser, world)
  await orderSome(world)
  await guest(browser, world)
  await work(browser, world)
  const landing = await open(browser, TABLET, `${world.origin}/`)
  await landing.getByRole('heading', { level: 1 }).waitFor()
  await shoot(landing, 'landing')
} finally {
  await browser.close()
  await world.stop()
}
