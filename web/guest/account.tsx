import { useState } from 'preact/hooks'
import { count } from '../lib/format.ts'
import { told } from '../ui/task.ts'
import { changeSpeaker } from './orders.ts'
import { goBack } from './place.ts'
import { signIn, signOut, who } from './state.ts'
import { t } from './words.ts'

/** Signing in, for points and coupons; nobody has to. */
export function AccountView() {
  const [isNew, setNew] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (who.value !== null)
    return (
      <section class="stack">
        <h1>{t('hello', { name: who.value.name })}</h1>
        <p>{t('pointsHave', { count: count(who.value.points) })}</p>
        <button type="button" class="button" onClick={() => void signOut().then(changeSpeaker)}>
          {t('signOut')}
        </button>
      </section>
    )
  const submit = async (form: HTMLFormElement) => {
    const given = new FormData(form)
    const text = (name: string) => {
      const value = given.get(name)
      return typeof value === 'string' ? value : ''
    }
    setBusy(true)
    const outcome = await signIn({
      email: text('email').trim(),
      password: text('password'),
      name: isNew ? text('name').trim() : null,
    })
    setBusy(false)
    setTrouble(outcome.ok ? null : told(outcome.trouble))
    if (!outcome.ok) return
    void changeSpeaker()
    goBack()
  }
  return (
    <section>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        <h1>{t(isNew ? 'signUp' : 'signIn')}</h1>
        <p class="soft">{t('signInFor')}</p>
        {trouble !== null && (
          <p class="note note--bad" role="alert">
            {trouble}
          </p>
        )}
        {isNew && (
          <div class="field">
            <label for="name">{t('name')}</label>
            <input id="name" name="name" required maxLength={100} autocomplete="name" />
          </div>
        )}
        <div class="field">
          <label for="email">{t('email')}</label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxLength={255}
            autocomplete="username"
          />
        </div>
        <div class="field">
          <label for="password">{t('password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            required
            minLength={isNew ? 10 : 1}
            maxLength={200}
            autocomplete={isNew ? 'new-password' : 'current-password'}
            aria-describedby={isNew ? 'password-hint' : undefined}
          />
          {isNew && (
            <span id="password-hint" class="soft">
              {t('passwordHint')}
            </span>
          )}
        </div>
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t(isNew ? 'signUp' : 'signIn')}
        </button>
        <button type="button" class="button button--plain" onClick={() => setNew(!isNew)}>
          {t(isNew ? 'haveAccount' : 'needAccount')}
        </button>
      </form>
    </section>
  )
}
