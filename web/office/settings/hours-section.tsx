import { useState } from 'preact/hooks'
import type { Restaurant } from '../state.ts'
import {
  DAYS,
  exceptionsJson,
  exceptionsOf,
  hoursJson,
  USUAL,
  usualWeek,
  weekOf,
  type Exception,
  type Interval,
} from './hours-drafts.ts'
import { Section } from './section.tsx'
import { t } from './words.ts'

/** When orders are taken, by weekday, and the dates on which it is different. */
export function HoursSection({ now }: { now: Restaurant }) {
  const [week, setWeek] = useState(() => weekOf(now.opening_hours))
  const [exceptions, setExceptions] = useState(() => exceptionsOf(now.opening_exceptions))
  const put = (at: number, next: Exception) =>
    setExceptions(exceptions.map((one, other) => (other === at ? next : one)))
  return (
    <Section
      title={t('hours')}
      changes={() => ({
        opening_hours: hoursJson(week),
        opening_exceptions: exceptionsJson(exceptions),
      })}
    >
      <label class="check">
        <input
          type="checkbox"
          checked={week === null}
          onChange={(event) => setWeek(event.currentTarget.checked ? null : usualWeek())}
        />
        <span>{t('alwaysOpen')}</span>
      </label>
      {week !== null && (
        <>
          <p class="soft">{t('hoursHint', { zone: now.timezone })}</p>
          <div>
            {DAYS.map((day) => (
              <div key={day} class="hours" role="group" aria-label={t(day)}>
                <strong>{t(day)}</strong>
                <Times
                  about={t(day)}
                  times={week[day]}
                  onChange={(times) => setWeek({ ...week, [day]: times })}
                />
              </div>
            ))}
          </div>
        </>
      )}
      <h3>{t('exceptions')}</h3>
      {exceptions.map((one, at) => (
        <div key={at} class="hours__times" role="group" aria-label={one.date}>
          <input
            type="date"
            class="chooser"
            required
            aria-label={t('date')}
            value={one.date}
            onChange={(event) => put(at, { ...one, date: event.currentTarget.value })}
          />
          <Times
            about={one.date}
            times={one.hours}
            onChange={(hours) => put(at, { ...one, hours })}
          />
          <button
            type="button"
            class="button button--small button--quiet"
            aria-label={t('removeException', { date: one.date })}
            onClick={() => setExceptions(exceptions.filter((_, other) => other !== at))}
          >
            {t('remove')}
          </button>
        </div>
      ))}
      <div>
        <button
          type="button"
          class="button button--small"
          onClick={() => setExceptions([...exceptions, { date: '', hours: [] }])}
        >
          {t('addException')}
        </button>
      </div>
    </Section>
  )
}

const Times = ({
  about,
  times,
  onChange,
}: {
  about: string
  times: readonly Interval[]
  onChange: (times: readonly Interval[]) => void
}) => (
  <div class="hours__times">
    {times.length === 0 && <span class="soft">{t('closedDay')}</span>}
    {times.map((time, at) => (
      <span key={at} class="hours__times">
        {(['open', 'close'] as const).map((end) => (
          <input
            key={end}
            type="time"
            required
            aria-label={`${about} ${t(end === 'open' ? 'opens' : 'closes')}`}
            value={time[end]}
            onChange={(event) =>
              onChange(
                times.map((one, other) =>
                  other === at ? { ...one, [end]: event.currentTarget.value } : one,
                ),
              )
            }
          />
        ))}
        <button
          type="button"
          class="button button--small"
          aria-label={t('removeTime', { about, time: time.open })}
          onClick={() => onChange(times.filter((_, other) => other !== at))}
        >
          ✕
        </button>
      </span>
    ))}
    <button
      type="button"
      class="button button--small"
      aria-label={t('addTime', { about })}
      onClick={() => onChange([...times, USUAL])}
    >
      +
    </button>
  </div>
)
