import { html } from 'hono/html'
import { isAvailable } from '../../domain/menu/availability.ts'
import { inLanguage } from '../../domain/menu/translations.ts'
import type { Menu } from '../../domain/queries.ts'
import type { Locale } from '../context.ts'
import { moneyText } from './money-text.ts'

/** The page's style sheet is inline; nothing else may load. */
export const TABLE_PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const WORDS = {
  ko: { soldOut: '품절', closed: '지금은 주문을 받지 않습니다', menu: '메뉴' },
  en: { soldOut: 'Sold out', closed: 'Not taking orders at the moment', menu: 'Menu' },
} as const

/** What a scanned code opens in a browser: the menu as it is now. No script, readable on any phone. */
export function tablePage(locale: Locale, { restaurant, opening, categories }: Menu) {
  const words = WORDS[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${restaurant.name} · ${words.menu}</title>
        <style>
          body {
            font:
              1.0625rem/1.5 system-ui,
              sans-serif;
            margin: 0 auto;
            max-width: 32rem;
            padding: 1rem 1.25rem 4rem;
            color: #1c1917;
            background: #fafaf9;
          }
          h2 {
            margin: 2rem 0 0.5rem;
          }
          ul {
            list-style: none;
            margin: 0;
            padding: 0;
          }
          li {
            display: flex;
            justify-content: space-between;
            gap: 1rem;
            padding: 0.75rem 0;
            border-bottom: 1px solid #d6d3d1;
          }
          small {
            display: block;
            color: #57534e;
          }
          @media (prefers-color-scheme: dark) {
            body {
              color: #fafaf9;
              background: #1c1917;
            }
            small {
              color: #d6d3d1;
            }
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${restaurant.name}</h1>
          ${!opening.open ? html`<p role="status">${words.closed}</p>` : ''}
          ${categories.map(
            (category) =>
              html`<h2>${inLanguage(locale, category.name, category.names)}</h2>
                <ul>
                  ${category.items.map(
                    (item) =>
                      html`<li>
                        <span
                          >${inLanguage(locale, item.name, item.names)}<small
                            >${inLanguage(locale, item.description, item.descriptions) ?? ''}</small
                          ></span
                        >
                        <span
                          >${
                            isAvailable(item)
                              ? moneyText(locale, item.price, restaurant.currency)
                              : words.soldOut
                          }</span
                        >
                      </li>`,
                  )}
                </ul>`,
          )}
        </main>
      </body>
    </html>`
}
