import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import type { Locale } from '../context.ts'

/** The sheet's style is inline and it prints its own pictures: nothing else may load. */
export const QR_SHEET_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const WORDS = {
  ko: {
    title: 'QR 코드',
    scan: '스캔해서 주문하세요',
    table: '테이블',
    none: '테이블이 없습니다.',
  },
  en: { title: 'QR codes', scan: 'Scan to order', table: 'Table', none: 'There are no tables.' },
} as const

export interface SheetTable {
  name: string
  url: string
}

/** All codes on A4, six a page, to print and cut. */
export function qrSheet(locale: Locale, restaurantName: string, tables: readonly SheetTable[]) {
  const words = WORDS[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${restaurantName} · ${words.title}</title>
        <style>
          @page {
            size: A4;
            margin: 10mm;
          }
          body {
            font:
              12pt/1.4 system-ui,
              sans-serif;
            margin: 0 auto;
            max-width: 190mm;
            color: #000;
            background: #fff;
          }
          ul {
            display: grid;
            grid-template-columns: 1fr 1fr;
            gap: 4mm;
            list-style: none;
            margin: 0;
            padding: 0;
          }
          li {
            break-inside: avoid;
            box-sizing: border-box;
            height: 88mm;
            padding: 4mm;
            border: 0.3mm dashed #999;
            text-align: center;
            overflow: hidden;
          }
          svg {
            display: block;
            width: 50mm;
            height: 50mm;
            margin: 0 auto;
          }
          strong {
            display: block;
            font-size: 18pt;
          }
          p {
            margin: 0;
            overflow: hidden;
            text-overflow: ellipsis;
            white-space: nowrap;
          }
        </style>
      </head>
      <body>
        ${tables.length === 0 ? html`<p>${words.none}</p>` : ''}
        <ul>
          ${tables.map(
            ({ name, url }) =>
              html`<li>
                <p>${restaurantName}</p>
                <strong>${words.table} ${name}</strong>
                ${raw(renderSVG(url, { ecc: 'M', border: 4 }))}
                <p>${words.scan}</p>
              </li>`,
          )}
        </ul>
      </body>
    </html>`
}
