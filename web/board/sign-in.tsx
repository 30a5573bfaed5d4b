import { useState } from 'preact/hooks'
import { signIn } from './state.ts'
import { unlock } from './ring.ts'
import { t } from './words.ts'

export function SignIn() {
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (form: HTMLFormElement) => {
    // This tap may as well unlock the sound.
    void unlock()
    const given = new FormData(form)
    const text = (name: string) => {
      const value = given.get(name)
      return typeof value === 'string' ? value : ''
    }
    setBusy(true)
    const outcome = await signIn(text('email').trim(), text('password'))
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
        <h1>OrderSync {t('title')}</h1>
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
        <p class="soft">{t('signInHint')}</p>
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('signIn')}
        </button>
      </form>
    </main>
  )
}
