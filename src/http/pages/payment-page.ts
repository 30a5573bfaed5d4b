import { html } from 'hono/html'
import type { Locale } from '../context.ts'
import { moneyText } from './money-text.ts'
import { WORDS } from './words.ts'

export interface PaymentPage {
  state: 'paid' | 'waiting' | 'failed' | 'refunding' | 'unknown'
  order: { number: string; amount: number; currency: string } | null
  /** The provider's words, or ours, beside the hint. */
  detail: string | null
  /** Where to pay again. */
  againUrl: string | null
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

/** What a browser shows when it comes back from the provider. No script, readable on any phone. */
export function paymentPage(locale: Locale, page: PaymentPage) {
  const words = WORDS[locale]
  const money = page.order && moneyText(locale, page.order.amount, page.order.currency)
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${
          page.state === 'waiting'
            ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}" />`
            : ''
        }
        <title>${words[page.state]} · OrderSync</title>
        <style>
          body {
            font:
              1.0625rem/1.6 system-ui,
              sans-serif;
            margin: 0;
            color: #1c1917;
            background: #fafaf9;
          }
          main {
            max-width: 26rem;
            margin: 12vh auto 0;
            padding: 0 1.5rem;
          }
          dl {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: 0.25rem 1.5rem;
            margin: 2rem 0;
          }
          dd {
            margin: 0;
            text-align: right;
            font-weight: 600;
          }
          a {
            display: block;
            padding: 0.9rem;
            border-radius: 0.75rem;
            text-align: center;
            text-decoration: none;
            color: #fff;
            background: #9a3412;
          }
          @media (prefers-color-scheme: dark) {
            body {
              color: #fafaf9;
              background: #1c1917;
            }
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${words[page.state]}</h1>
          <p role="status">${words[`${page.state}Hint`]}</p>
          ${page.detail === null ? '' : html`<p>${page.detail}</p>`}
          ${
            page.order === null
              ? ''
              : html`<dl>
                  <dt>${words.order}</dt>
                  <dd>${page.order.number}</dd>
                  <dt>${words.amount}</dt>
                  <dd>${money}</dd>
                </dl>`
          }
          ${page.againUrl === null ? '' : html`<a href="${page.againUrl}">${words.again}</a>`}
        </main>
      </body>
    </html>`
}
