import { html } from 'hono/html'
import type { Locale } from '../context.ts'
import { moneyText } from './money-text.ts'
import { paymentShell } from './payment-shell.ts'
import { WORDS, type PaymentState } from './words.ts'

export interface PaymentPage {
  state: PaymentState
  order: { number: string; amount: number; currency: string } | null
  /** What to do now, in our words. */
  advice: string | null
  /** The provider's words. */
  detail: string | null
  /** Where to pay again. */
  againUrl: string | null
  /** Where the order can be watched: the page of the table it is for. */
  tableUrl: string | null
}

/** A waiting page asks again this often. */
const REFRESH_SECONDS = 3

/** The page's one style sheet is inline: this digest-free policy allows styles only. */
export const PAYMENT_PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a browser shows when it comes back from the provider. No script. */
export function paymentPage(locale: Locale, page: PaymentPage) {
  const words = WORDS[locale]
  const { state, order, advice, detail, againUrl, tableUrl } = page
  const refreshSeconds = state === 'waiting' ? REFRESH_SECONDS : null
  const content = html`<h1>${words[state]}</h1>
    <p role="status">${words[`${state}Hint`]}</p>
    ${advice === null ? '' : html`<p>${advice}</p>`}
    ${detail === null ? '' : html`<p>${detail}</p>`}
    ${
      order === null
        ? ''
        : html`<dl>
            <dt>${words.order}</dt>
            <dd>${order.number}</dd>
            <dt>${words.amount}</dt>
            <dd>${moneyText(locale, order.amount, order.currency)}</dd>
          </dl>`
    }
    ${againUrl === null ? '' : html`<a href="${againUrl}">${words.again}</a>`}
    ${tableUrl === null ? '' : html`<a href="${tableUrl}">${words.toOrder}</a>`}`
  return paymentShell(locale, { title: words[state], refreshSeconds }, content)
}
