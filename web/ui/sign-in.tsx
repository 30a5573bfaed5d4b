import { useState } from 'preact/hooks'
import { textOf } from '../lib/form.ts'
import type { Outcome } from '../lib/outcome.ts'
import { t } from './words.ts'

/** For those who work: the page's whole view until they are known. */
export function SignInForm({
  title,
  hint,
  signIn,
}: {
  title: string
  hint: string
  signIn: (email: string, password: string) => Promise<Outcome<null>>
}) {
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (form: HTMLFormElement) => {
    const given = new FormData(form)
    setBusy(true)
    const outcome = await signIn(textOf(given, 'email').trim(), textOf(given, 'password'))
    setBusy(false)
    setTrouble(outcome.ok ? null : (outcome.trouble.message ?? t('unreached')))
  }
  return (
    <main class="middle">
      <form
        class="stack card"
        onSubmit={(event) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        <h1>{title}</h1>
        {trouble !== null && (
          <p class="note note--bad" role="alert">
            {trouble}
          </p>
        )}
        <div class="field">
          <label for="email">{t('email')}</label>
          <input id="email" name="email" type="email" required autocomplete="username" />
        </div>
        <div class="field">
          <label for="password">{t('password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            required
            autocomplete="current-password"
          />
        </div>
        <p class="soft">{hint}</p>
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('signIn')}
        </button>
      </form>
    </main>
  )
}
