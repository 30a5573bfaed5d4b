import { SignInForm } from '../ui/sign-in.tsx'
import { signIn } from './state.ts'
import { unlock } from './ring.ts'
import { t } from './words.ts'

export const SignIn = () => (
  <SignInForm
    words={{
      title: `OrderSync ${t('title')}`,
      email: t('email'),
      password: t('password'),
      hint: t('signInHint'),
      signIn: t('signIn'),
      unreached: t('unreached'),
    }}
    signIn={(email, password) => {
      // This tap may as well unlock the sound.
      void unlock()
      return signIn(email, password)
    }}
  />
)
