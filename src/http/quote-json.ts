import type { Quote } from '../domain/menu/quote.ts'
import { chargesJson, optionsJson } from '../domain/order/order-json.ts'

/** What an order would cost now, as the API writes it. */
export const quoteJson = (quote: Quote) => ({
  ...chargesJson(quote.charges, quote.totalAmount),
  total_amount: quote.totalAmount,
  currency: quote.currency,
  menu_version: quote.menuVersion,
  items: quote.lines.map((line) => ({
    menu_id: line.itemId,
    number: line.itemNumber,
    name: line.name,
    options: optionsJson(line.options),
    unit_price: line.unitPrice,
    quantity: line.quantity,
    total: line.total,
    discount: line.discount ?? 0,
  })),
  coupons: (quote.coupons ?? []).map(({ code, discount }) => ({ code, discount })),
})
