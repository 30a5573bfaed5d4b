import { html, raw } from 'hono/html'
import type { Locale } from '../context.ts'

const WORDS = {
  ko: {
    title: '새 비밀번호',
    field: '새 비밀번호 (10자 이상)',
    send: '비밀번호 바꾸기',
    done: '비밀번호를 바꿨습니다. 새 비밀번호로 로그인해 주세요.',
    spent: '이미 사용했거나 만료된 링크입니다. 새 링크를 요청해 주세요.',
    weak: '더 길고 추측하기 어려운 비밀번호를 정해 주세요.',
    later: '지금은 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.',
  },
  en: {
    title: 'Choose a new password',
    field: 'New password (10 characters or more)',
    send: 'Change password',
    done: 'Your password is changed. Log in with it.',
    spent: 'This link was used or has expired. Ask for a new one.',
    weak: 'Choose one that is longer and harder to guess.',
    later: 'We cannot do this right now. Try again in a moment.',
  },
} as const

/** Sends the link's token and the password to the API; the words of its answers are on the form. */
const SCRIPT = `
const form = document.querySelector('form')
const say = (word) => { document.querySelector('output').value = form.dataset[word] }
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = { token: location.hash.slice(1), new_password: form.password.value }
  try {
    const answer = await fetch('/api/v1/auth/password/reset', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.ok) { form.hidden = true; history.replaceState(null, '', location.pathname); return say('done') }
    const { error } = await answer.json()
    if (answer.status !== 400) return say('later')
    say(error.details.field === 'token' ? 'spent' : 'weak')
  } catch { say('later') }
})
`

/** Only the page's own script and style run, and it may ask this origin alone. */
export async function resetPagePolicy(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(SCRIPT))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** What the link in a mail opens. Its token stays behind `#`, in the browser. */
export function resetPage(locale: Locale) {
  const words = WORDS[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title}</title>
        <style>
          body {
            font:
              1.0625rem/1.5 system-ui,
              sans-serif;
            margin: 0 auto;
            max-width: 26rem;
            padding: 3rem 1.25rem;
            color: #1c1917;
            background: #fafaf9;
          }
          label,
          input,
          button {
            display: block;
            width: 100%;
            box-sizing: border-box;
            font: inherit;
          }
          input,
          button {
            margin: 0.5rem 0 1rem;
            padding: 0.75rem;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${words.title}</h1>
          <form
            data-done="${words.done}"
            data-spent="${words.spent}"
            data-weak="${words.weak}"
            data-later="${words.later}"
          >
            <label
              >${words.field}
              <input name="password" type="password" autocomplete="new-password" required />
            </label>
            <button>${words.send}</button>
          </form>
          <output role="status"></output>
        </main>
        ${raw(`<script>${SCRIPT}</script>`)}
      </body>
    </html>`
}
