import { Loading, Unread } from './parts.tsx'
import { t } from './words.ts'

/** Until it is known who is here. */
export const Waiting = () => (
  <main class="middle">
    <Loading />
  </main>
)

/** Who is here could not be asked. */
export const Unreached = ({ title, onRetry }: { title: string; onRetry: () => void }) => (
  <main class="middle">
    <h1 class="unseen">{title}</h1>
    <Unread onRetry={onRetry} />
  </main>
)

/** Whoever is here has nothing to do on this page: where they have, and the way out. */
export const WrongPlace = ({
  title,
  text,
  elsewhere: [href, name],
  onSignOut,
}: {
  title: string
  text: string
  elsewhere: readonly [href: string, name: string]
  onSignOut: () => void
}) => (
  <main class="middle stack">
    <h1>{title}</h1>
    <p>{text}</p>
    <a class="button button--main" href={href}>
      {name}
    </a>
    <button type="button" class="button" onClick={onSignOut}>
      {t('signOut')}
    </button>
  </main>
)
