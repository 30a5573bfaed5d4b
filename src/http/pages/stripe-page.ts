import { html, raw } from 'hono/html'
import type { Locale } from '../context.ts'
import { moneyText } from './money-text.ts'
import { STRIPE_SCRIPT } from './stripe-script.ts'

export interface StripePage {
  order: { number: string }
  amount: number
  currency: string
  publishableKey: string
  clientSecret: string
  /** Where the provider sends the browser back to. */
  returnUrl: string
  /** This page again. */
  selfUrl: string
  /** Where Stripe's form comes from. */
  scriptUrl: string
  /** Marks the scripts that may run. */
  nonce: string
}

const WORDS = {
  ko: {
    title: '카드로 결제하기',
    order: '주문 번호',
    amount: '결제 금액',
    loading: '결제 창을 불러오는 중입니다…',
    pay: '결제하기',
    paying: '결제하는 중입니다…',
    failed: '결제하지 못했습니다. 금액은 청구되지 않았습니다.',
    unloaded: '결제 창을 불러오지 못했습니다. 인터넷 연결을 확인해 주세요.',
    reload: '다시 불러오기',
    noScript: '결제하려면 브라우저에서 자바스크립트를 켜 주세요.',
  },
  en: {
    title: 'Pay by card',
    order: 'Order number',
    amount: 'Amount',
    loading: 'Loading the payment form…',
    pay: 'Pay',
    paying: 'Paying…',
    failed: 'The payment did not go through. You were not charged.',
    unloaded: 'The payment form could not be loaded. Please check your connection.',
    reload: 'Load again',
    noScript: 'To pay, please turn on JavaScript in your browser.',
  },
} as const satisfies Record<Locale, Record<string, string>>

/** Frames of Stripe's beside its form: the bank's page of a 3-D Secure check (docs.stripe.com/security). */
const STRIPE_FRAMES = 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com'

/** Lets in Stripe's form and this page's own script, and nothing else. */
export function stripePagePolicy({
  scriptUrl,
  apiOrigin,
  nonce,
}: {
  scriptUrl: string
  apiOrigin: string
  nonce: string
}): string {
  const { origin } = new URL(scriptUrl)
  const real = origin === 'https://js.stripe.com'
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${origin}${real ? ' https://*.js.stripe.com' : ''}`,
    `connect-src ${apiOrigin}`,
    `frame-src ${real ? STRIPE_FRAMES : origin}`,
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Where a guest pays with Stripe: its own form, which sees the card so that we never do. */
export function stripePage(locale: Locale, page: StripePage) {
  const words = WORDS[locale]
  const { publishableKey, clientSecret, returnUrl, nonce } = page
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title} · OrderSync</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${words.title}</h1>
          <dl>
            <dt>${words.order}</dt>
            <dd>${page.order.number}</dd>
            <dt>${words.amount}</dt>
            <dd>${moneyText(locale, page.amount, page.currency)}</dd>
          </dl>
          <noscript><p>${words.noScript}</p></noscript>
          <form
            id="payment"
            data-key="${publishableKey}"
            data-secret="${clientSecret}"
            data-return="${returnUrl}"
            data-locale="${locale}"
            data-pay="${words.pay}"
            data-paying="${words.paying}"
            data-failed="${words.failed}"
            data-unloaded="${words.unloaded}"
          >
            <p id="status" role="status">${words.loading}</p>
            <div id="form"></div>
            <p id="problem" role="alert"></p>
            <button id="pay" type="submit" disabled>${words.pay}</button>
            <a id="again" href="${page.selfUrl}" hidden>${words.reload}</a>
          </form>
        </main>
        <script nonce="${nonce}" src="${page.scriptUrl}"></script>
        <script nonce="${nonce}">
          ${raw(STRIPE_SCRIPT)}
        </script>
      </body>
    </html>`
}

const STYLE = `
body{font:1.0625rem/1.6 system-ui,sans-serif;margin:0;color:#1c1917;background:#fafaf9}
main{max-width:26rem;margin:6vh auto 3rem;padding:0 1.25rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1.5rem;margin:1.5rem 0}
dd{margin:0;text-align:right;font-weight:600}
button,a{display:block;box-sizing:border-box;width:100%;margin-top:1rem;padding:.9rem;border:0;
border-radius:.75rem;font:inherit;text-align:center;text-decoration:none;color:#fff;background:#9a3412}
button:disabled{opacity:.55}
a[hidden]{display:none}
button:focus-visible,a:focus-visible{outline:3px solid #fb923c;outline-offset:2px}
#problem:empty,#status:empty{display:none}
#problem{color:#b91c1c;font-weight:600}
@media(prefers-color-scheme:dark){body{color:#fafaf9;background:#1c1917}#problem{color:#fca5a5}}`
