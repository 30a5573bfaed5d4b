import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Locale } from '../context.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The frame of the pages about one payment; readable on any phone, and in the dark. */
export const paymentShell = (
  locale: Locale,
  { title, refreshSeconds }: { title: string; refreshSeconds: number | null },
  content: Html,
) =>
  html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${
          refreshSeconds === null
            ? ''
            : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`
        }
        <title>${title} · OrderSync</title>
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
            padding: 0 1.5rem 3rem;
          }
          dl {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: 0.5rem 1.5rem;
            margin: 2rem 0;
          }
          dd {
            margin: 0;
            text-align: right;
            font-weight: 600;
            overflow-wrap: anywhere;
          }
          dd span {
            user-select: all;
          }
          a,
          button {
            display: block;
            box-sizing: border-box;
            width: 100%;
            margin: 0.75rem 0 0;
            padding: 0.9rem;
            border: 0;
            border-radius: 0.75rem;
            font: inherit;
            text-align: center;
            text-decoration: none;
            color: #fff;
            background: #9a3412;
          }
          dd button {
            display: inline-block;
            width: auto;
            margin: 0 0 0 0.75rem;
            padding: 0.35rem 0.75rem;
            font-size: 0.9375rem;
          }
          [hidden] {
            display: none;
          }
          a:focus-visible,
          button:focus-visible {
            outline: 3px solid #f59e0b;
            outline-offset: 2px;
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
        <main>${content}</main>
      </body>
    </html>`
