import { useState } from 'preact/hooks'
import { textOf } from '../lib/form.ts'
import { Field, Form, Wrong } from '../ui/parts.tsx'
import { SignInForm } from '../ui/sign-in.tsx'
import { useTask } from '../ui/task.ts'
import { Language } from '../ui/workplace.tsx'
import { register, signIn } from './state.ts'
import { t } from './words.ts'

/** Who is not known yet signs in, or makes an owner's account. */
export function Enter() {
  const [fresh, setFresh] = useState(false)
  return (
    <>
      {fresh ? (
        <Register />
      ) : (
        <SignInForm title={`OrderSync ${t('title')}`} hint={t('signInHint')} signIn={signIn} />
      )}
      <footer class="foot">
        <button type="button" class="button" onClick={() => setFresh(!fresh)}>
          {t(fresh ? 'haveAccount' : 'noAccount')}
        </button>
        <Language />
      </footer>
    </>
  )
}

function Register() {
  const { busy, trouble, run } = useTask()
  const submit = (form: FormData) =>
    run(
      register({
        name: textOf(form, 'name').trim(),
        email: textOf(form, 'email').trim(),
        password: textOf(form, 'password'),
      }),
    )
  return (
    <main class="middle">
      <Form class="stack card" onSubmit={(form) => void submit(form)}>
        <h1>{t('registerTitle')}</h1>
        <p class="soft">{t('registerHint')}</p>
        <Wrong text={trouble} />
        <Field name="name" label={t('ownName')} required maxLength={100} autocomplete="name" />
        <Field
          name="email"
          label={t('email')}
          type="email"
          required
          maxLength={255}
          autocomplete="username"
        />
        <Field
          name="password"
          label={t('password')}
          hint={t('passwordHint')}
          type="password"
          required
          minLength={10}
          maxLength={200}
          autocomplete="new-password"
        />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('register')}
        </button>
      </Form>
    </main>
  )
}
