import { signal } from '@preact/signals'
import { render, type ComponentType } from 'preact'
import { readBoot } from '../lib/boot.ts'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { t } from './words.ts'

const environment = (readBoot() as { environment?: string } | null)?.environment

/** A file of its own, that nobody else loads. */
const demo = signal<ComponentType | null>(null)
if (environment === 'development')
  void import('./demo-section.tsx').then(({ DemoSection }) => (demo.value = DemoSection))

const Demo = () => {
  const Section = demo.value
  return Section === null ? null : <Section />
}

const Landing = () => (
  <>
    <header class="row landing__head">
      <strong>OrderSync</strong>
      <button
        type="button"
        class="button"
        lang={locale.value === 'ko' ? 'en' : 'ko'}
        onClick={() => chooseLocale(locale.value === 'ko' ? 'en' : 'ko')}
      >
        {t('language')}
      </button>
    </header>
    <main class="landing">
      <h1>{t('title')}</h1>
      <p class="landing__lead">{t('lead')}</p>
      <div class="landing__two">
        <section class="card stack">
          <h2>{t('guestTitle')}</h2>
          <p>{t('guest')}</p>
          <p>{t('guestHow')}</p>
          {environment === 'development' && (
            <a class="button button--main" href="#demo">
              {t('guestDemo')}
            </a>
          )}
        </section>
        <section class="card stack">
          <h2>{t('ownerTitle')}</h2>
          <p>{t('owner')}</p>
          <a class="button button--main" href="/board">
            {t('boardLink')}
          </a>
          <a class="button" href="/office">
            {t('officeLink')}
          </a>
        </section>
        <section class="card stack">
          <h2>{t('deskTitle')}</h2>
          <p>{t('desk')}</p>
          <a class="button" href="/desk">
            {t('deskLink')}
          </a>
        </section>
      </div>
      <Demo />
      <p>
        <a href="/docs">{t('docsLink')}</a>
      </p>
    </main>
  </>
)

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<Landing />, root)
