import { useEffect, useRef } from 'preact/hooks'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { SignInForm } from '../ui/sign-in.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { CouponsView } from './coupons/coupons-view.tsx'
import { Create } from './create.tsx'
import { MenuView } from './menu/menu-view.tsx'
import { Unread } from './parts.tsx'
import { SettingsView } from './settings/settings-view.tsx'
import { StaffView } from './staff-view.tsx'
import { begin, choose, restaurant, restaurants, signIn, signOut, stage } from './state.ts'
import { StatisticsView } from './statistics-view.tsx'
import { StockView } from './stock/stock-view.tsx'
import { TablesView } from './tables/tables-view.tsx'
import { view, VIEWS, type View } from './view.ts'
import { t } from './words.ts'

const SHOWN: Record<View, () => preact.JSX.Element> = {
  menu: MenuView,
  stock: StockView,
  coupons: CouponsView,
  tables: TablesView,
  statistics: StatisticsView,
  settings: SettingsView,
  staff: StaffView,
}

export function App() {
  useEffect(() => {
    document.title = `${stage.value === 'office' ? t(view.value) : t('title')} · OrderSync`
  }, [stage.value, view.value, locale.value])
  switch (stage.value) {
    case 'loading':
      return (
        <main class="middle">
          <p role="status">{t('loading')}</p>
        </main>
      )
    case 'signed-out':
      return <SignIn />
    case 'unreached':
      return (
        <main class="middle">
          <h1 class="unseen">{t('title')}</h1>
          <Unread onRetry={() => void begin()} />
        </main>
      )
    case 'no-office':
      return (
        <main class="middle stack">
          <h1>{t('title')}</h1>
          <p>{t('noOffice')}</p>
          <a class="button button--main" href="/board">
            {t('toBoard')}
          </a>
          <button type="button" class="button" onClick={() => void signOut()}>
            {t('signOut')}
          </button>
        </main>
      )
    case 'create':
      return <Create />
    case 'office':
      return <Office />
  }
}

const SignIn = () => (
  <>
    <SignInForm
      words={{
        title: `OrderSync ${t('title')}`,
        email: t('email'),
        password: t('password'),
        hint: t('signInHint'),
        signIn: t('signIn'),
        unreached: t('unreached'),
      }}
      signIn={signIn}
    />
    <footer class="foot">
      <Language />
    </footer>
  </>
)

const Language = () => (
  <button
    type="button"
    class="button"
    lang={locale.value === 'ko' ? 'en' : 'ko'}
    onClick={() => chooseLocale(locale.value === 'ko' ? 'en' : 'ko')}
  >
    {t('language')}
  </button>
)

function Office() {
  const heading = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  const place = `${view.value} ${restaurant.value?.id ?? ''}`
  useEffect(() => {
    // Whoever went elsewhere hears where they are; whoever just came in starts at the top.
    if (first.current) first.current = false
    else heading.current?.focus()
  }, [view.value])
  const Shown = SHOWN[view.value]
  return (
    <div class="office">
      <a class="skip" href="#content" onClick={(event) => skip(event, heading.current)}>
        {t('skip')}
      </a>
      <header class="top">
        <p class="top__name">{restaurant.value?.name}</p>
        <div class="top__tools">
          {restaurants.value.length > 1 && <Chooser />}
          <a class="button" href="/board">
            {t('toBoard')}
          </a>
          <Language />
          <button type="button" class="button button--plain" onClick={() => void signOut()}>
            {t('signOut')}
          </button>
        </div>
      </header>
      <nav class="nav" aria-label={t('title')}>
        <ul>
          {VIEWS.map((one) => (
            <li key={one}>
              <a href={`#${one}`} {...(view.value === one && { 'aria-current': 'page' as const })}>
                {t(one)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" class="main stack">
        <h1 ref={heading} tabIndex={-1}>
          {t(view.value)}
        </h1>
        <Shown key={place} />
      </main>
      <Toasts />
    </div>
  )
}

/** The address names the view; a jump inside the page must not change it. */
function skip(event: Event, heading: HTMLElement | null): void {
  event.preventDefault()
  heading?.focus()
}

const Chooser = () => (
  <select
    class="chooser"
    aria-label={t('restaurant')}
    value={restaurant.value?.id ?? ''}
    onChange={(event) => choose(event.currentTarget.value)}
  >
    {restaurants.value.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </select>
)
