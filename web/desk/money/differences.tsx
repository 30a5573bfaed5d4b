import { momentText } from '../../lib/format.ts'
import { locale } from '../../lib/i18n.ts'
import type { Difference } from '../administration/types.ts'
import { isAdmin } from '../state.ts'
import { Facts } from '../support/facts.tsx'
import { aboutOf } from './about.ts'
import { differenceText } from './difference-words.ts'
import { t } from './words.ts'

/** What does not agree, each with what it means and what to do. */
export function Differences({
  differences,
  count,
}: {
  differences: readonly Difference[]
  count: number
}) {
  if (count === 0) return <p class="note note--good">{t('agrees')}</p>
  return (
    <>
      <p class="note note--bad">
        <strong>{t('disagrees', { count })}</strong>
        {count > differences.length && ` · ${t('firstHundred', { count: differences.length })}`}
      </p>
      <ul aria-label={t('differences')}>
        {differences.map((difference) => (
          <Row key={difference.id} difference={difference} />
        ))}
      </ul>
    </>
  )
}

function Row({ difference }: { difference: Difference }) {
  const { kind, subject, expected, actual, detail } = difference
  const about = aboutOf(difference)
  const figure = (amount: number) => amount.toLocaleString(locale.value)
  return (
    <li class="line">
      <div class="line__what stack">
        <p>
          <strong>{differenceText(kind)}</strong> <span class="soft">{detail}</span>
          <br />
          {differenceText(`${kind}_do`)}
        </p>
        <Facts
          of={[
            [t('expected'), figure(expected)],
            [t('actual'), figure(actual)],
            [t('firstSeen'), momentText(difference.first_seen_at)],
            [t('lastSeen'), momentText(difference.last_seen_at)],
            ['ID', <span class="id">{subject}</span>],
          ]}
        />
      </div>
      {about?.what === 'order' && (
        <a class="button button--small" href={`#orders/${about.id}`}>
          {t('toOrder')}
        </a>
      )}
      {about?.what === 'account' && isAdmin.value && (
        <a class="button button--small" href={`#accounts/${about.id}`}>
          {t('toAccount')}
        </a>
      )}
    </li>
  )
}
