import type { PlacedOrderJson } from '../lib/shapes.ts'
import { won } from '../lib/money.ts'
import { ms, stage } from './stage.ts'

/** Presses "pay" on the provider's page, as a person would, and comes back where it leads. */
export async function payAtProvider(checkoutUrl: string): Promise<string> {
  const page = await fetch(checkoutUrl)
  stage.expect(page.ok, "the provider's page opens")
  await page.text()
  const pressed = await fetch(checkoutUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ action: 'pay' }),
  })
  const back = pressed.headers.get('location')
  stage.expect(pressed.status === 303 && back !== null, 'it leads back to the success page')
  return back ?? ''
}

export async function comeBack(url: string, order: PlacedOrderJson): Promise<void> {
  const startedAt = performance.now()
  const page = await fetch(url)
  const text = await page.text()
  stage.expect(
    page.status === 200 && text.includes(order.order_number),
    `${won(order.total_amount)} taken, order ${order.order_number} shown (${ms(performance.now() - startedAt)})`,
  )
}
