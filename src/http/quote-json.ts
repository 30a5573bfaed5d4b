import type { Quote } from '../domain/menu/quote.ts'

/** What an order would cost now, as the API writes it. */
export const quoteJson = (quote: Quote) => ({
  total_amount: quote.totalAmount,
  currency: quote.currency,
  menu_version: quote.menuVersion,
  items: quote.lines.map((line) => ({
    menu_id: line.itemId,
    menu_number: line.itemNumber,
    name: line.name,
    options: line.options.map((option) => ({
      option_id: option.optionId,
      name: option.optionName,
      choice_id: option.choiceId,
      choice: option.choiceName,
      price_delta: option.priceDelta,
    })),
    unit_price: line.unitPrice,
    quantity: line.quantity,
    total_price: line.total,
  })),
})
