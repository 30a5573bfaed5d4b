import { html, raw } from 'hono/html'
import type { PayInAccount } from '../../domain/payment/payment.ts'
import type { Locale } from '../context.ts'
import { moneyText } from './money-text.ts'
import { paymentShell } from './payment-shell.ts'
import { WORDS } from './words.ts'

export interface AccountPage {
  orderNumber: string
  amount: number
  currency: string
  account: PayInAccount
  /** The name that the transfer must bear; null where the account alone tells. */
  payerName: string | null
  /** Opens the transfer in an app. */
  appUrl: string | null
  /** This page again. */
  checkUrl: string
  /** Where the order can be watched: the page of the table it is for. */
  tableUrl: string | null
}

/**
 * Copies for who has a clipboard (the buttons are hidden otherwise; the text is selected whole by one
 * touch), and looks again when the guest comes back from the bank's app.
 */
const SCRIPT = `
const said = document.querySelector('output')
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) break
  button.hidden = false
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(button.dataset.copy).then(
      () => { said.value = said.dataset.copied },
      () => { said.value = said.dataset.uncopied },
    )
  })
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) location.reload() })
`

/** Only the page's own script and style run. */
export async function accountPagePolicy(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(SCRIPT))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Banks keep Korea's time, and so do their accounts. */
const timeText = (locale: Locale, ms: number): string =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  }).format(ms)

/** Where the guest transfers the money to, until when, and how to tell that it has arrived. */
export function accountPage(locale: Locale, page: AccountPage) {
  const words = WORDS[locale]
  const { account, payerName } = page
  const copied = (label: string, text: string, shown = text) =>
    html`<dt>${label}</dt>
      <dd>
        <span>${shown}</span
        ><button type="button" hidden data-copy="${text}" aria-label="${`${words.copy}: ${label}`}">
          ${words.copy}
        </button>
      </dd>`
  const content = html`<h1>${words.account}</h1>
    <p role="status">${words.accountHint}</p>
    ${payerName === null ? '' : html`<p>${words.payerNameHint}</p>`}
    <dl>
      <dt>${words.order}</dt>
      <dd>${page.orderNumber}</dd>
      <dt>${words.bank}</dt>
      <dd>${account.bank}</dd>
      ${copied(words.accountNo, account.accountNo)}
      ${
        account.holder === ''
          ? ''
          : html`<dt>${words.holder}</dt>
              <dd>${account.holder}</dd>`
      }
      ${copied(words.amount, String(page.amount), moneyText(locale, page.amount, page.currency))}
      ${payerName === null ? '' : copied(words.payerName, payerName)}
      <dt>${words.until}</dt>
      <dd>
        <time datetime="${new Date(account.dueAt).toISOString()}"
          >${timeText(locale, account.dueAt)}</time
        >
      </dd>
    </dl>
    <output data-copied="${words.copied}" data-uncopied="${words.uncopied}"></output>
    ${page.appUrl === null ? '' : html`<a href="${page.appUrl}">${words.openApp}</a>`}
    <a href="${page.checkUrl}">${words.check}</a>
    ${page.tableUrl === null ? '' : html`<a href="${page.tableUrl}">${words.toOrder}</a>`}
    ${raw(`<script>${SCRIPT}</script>`)}`
  return paymentShell(locale, { title: words.account, refreshSeconds: null }, content)
}
