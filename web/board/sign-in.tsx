import { SignInForm } from '../ui/sign-in.tsx'
import { signIn } from './state.ts'
import { unlock } from './ring.ts'
import { t } from './words.ts'

export const SignIn = () => (
  <SignInForm
    title={`OrderSync ${t('title')}`}
    hint={t('signInHint')}
    signIn={(email, password) => {
      // This tap may as well unlock the sound.
      void unlock()
      return signIn(email, password)
    }}
  />
)
