import { useState } from 'preact/hooks'
import { useNotes } from '../../ui/parts.tsx'
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
      <AlwaysOpen
        always={week === null}
        onChange={(always) => setWeek(always ? null : usualWeek())}
      />
      {week !== null && (
        <>
          <p class="soft">{t('hoursHint', { zone: now.timezone })}</p>
          <div>
            {DAYS.map((day) => (
              <div key={day} class="hours" role="group" aria-label={t(day)}>
                <strong>{t(day)}</strong>
                <Times
                  about={t(day)}
                  path={`opening_hours.${day}`}
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
        <div key={at} class="hours__times" role="group" aria-label={dateLabel(one, at)}>
          <Part
            type="date"
            label={t('dateNumber', { number: at + 1 })}
            path={`opening_exceptions.${at}.date`}
            value={one.date}
            onChange={(date) => put(at, { ...one, date })}
          />
          <Times
            about={dateLabel(one, at)}
            path={`opening_exceptions.${at}.hours`}
            times={one.hours}
            onChange={(hours) => put(at, { ...one, hours })}
          />
          <button
            type="button"
            class="button button--small button--quiet"
            aria-label={t('removeException', { date: dateLabel(one, at) })}
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

const dateLabel = ({ date }: Exception, at: number): string =>
  date === '' ? t('dateNumber', { number: at + 1 }) : date

function AlwaysOpen({
  always,
  onChange,
}: {
  always: boolean
  onChange: (always: boolean) => void
}) {
  const { id, described, notes } = useNotes('opening_hours', undefined)
  return (
    <div>
      <label class="check" for={id}>
        <input
          id={id}
          type="checkbox"
          checked={always}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...described}
        />
        <span>{t('alwaysOpen')}</span>
      </label>
      {notes}
    </div>
  )
}

/** A date or a time, with what is wrong with it under it. */
function Part({
  type,
  label,
  path,
  value,
  onChange,
}: {
  type: 'date' | 'time'
  label: string
  path: string
  value: string
  onChange: (text: string) => void
}) {
  const { described, notes } = useNotes(path, undefined)
  return (
    <span class="hours__part">
      <input
        type={type}
        required
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...described}
      />
      {notes}
    </span>
  )
}

const ENDS = [
  ['open', 'opens'],
  ['close', 'closes'],
] as const

const Times = ({
  about,
  path,
  times,
  onChange,
}: {
  about: string
  path: string
  times: readonly Interval[]
  onChange: (times: readonly Interval[]) => void
}) => (
  <div class="hours__times">
    {times.length === 0 && <span class="soft">{t('closedDay')}</span>}
    {times.map((time, at) => (
      <span key={at} class="hours__times">
        {ENDS.map(([end, word]) => (
          <Part
            key={end}
            type="time"
            label={`${about} ${t(word)}`}
            path={`${path}.${at}.${end}`}
            value={time[end]}
            onChange={(text) =>
              onChange(times.map((one, other) => (other === at ? { ...one, [end]: text } : one)))
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
