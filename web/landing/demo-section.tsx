import { useState } from 'preact/hooks'
import { DEMO, demoTables, type DemoTable } from './demo.ts'
import { t } from './words.ts'

const NAMES = { '/board': 'boardName', '/office': 'officeName', '/desk': 'deskName' } as const

/** For developers alone: who there is to be, and the way to a table. */
export function DemoSection() {
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
        {DEMO.accounts.map(({ word, email, opens }) => (
          <div key={email} class="landing__account">
            <dt>{t(word)}</dt>
            <dd>{email}</dd>
            <dd>
              {opens.length === 0 && <span class="soft">{t('atTable')}</span>}
              {opens.map((path) => (
                <a key={path} href={path}>
                  {t(NAMES[path])}
                </a>
              ))}
            </dd>
          </div>
        ))}
        <div class="landing__account">
          <dt>{t('password')}</dt>
          <dd>
            <code>{DEMO.password}</code>
          </dd>
        </div>
      </dl>
      {tables === null ? (
        <button type="button" class="button" onClick={() => void open()}>
          {t('openTables')}
        </button>
      ) : (
        <>
          <p>{t('tables')}</p>
          <ul class="landing__tables">
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
