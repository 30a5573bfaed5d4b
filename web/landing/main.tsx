import { render } from 'preact'
import { useState } from 'preact/hooks'
import { readBoot } from '../lib/boot.ts'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { DEMO, demoTables, type DemoTable } from './demo.ts'
import { t, type LandingWord } from './words.ts'

const environment = (readBoot() as { environment?: string } | null)?.environment

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
      </div>
      {environment === 'development' && <Demo />}
      <p>
        <a href="/docs">{t('docsLink')}</a>
      </p>
    </main>
  </>
)

/** For developers alone: who there is to be, and the way to a table. */
function Demo() {
  const [tables, setTables] = useState<readonly DemoTable[] | null>(null)
  const [failed, setFailed] = useState(false)
  const open = async () => {
    const found = await demoTables()
    setTables(found)
    setFailed(found === null)
  }
  return (
    <section class="card stack" aria-labelledby="demo">
      <h2 id="demo">{t('demoTitle')}</h2>
      <p>{t('demoLead')}</p>
      <dl class="landing__accounts">
        {DEMO.accounts.map(([word, email]) => (
          <div key={email} class="row">
            <dt>{t(word as LandingWord)}</dt>
            <dd>{email}</dd>
          </div>
        ))}
        <div class="row">
          <dt>{t('password')}</dt>
          <dd>{DEMO.password}</dd>
        </div>
      </dl>
      {tables === null ? (
        <button type="button" class="button" onClick={() => void open()}>
          {t('openTables')}
        </button>
      ) : (
        <>
          <p>{t('tables')}</p>
          <ul class="landing__two">
            {tables.map(({ id, name, url }) => (
              <li key={id}>
                <a class="button button--wide" href={url}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {failed && (
        <p class="note note--bad" role="alert">
          {t('failed')}
        </p>
      )}
    </section>
  )
}

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<Landing />, root)
