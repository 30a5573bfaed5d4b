import { numberOf } from '../../lib/form.ts'
import { Field } from '../../ui/parts.tsx'
import type { Restaurant } from '../state.ts'
import { secondsOf } from './amounts.ts'
import { Section } from './section.tsx'
import { t } from './words.ts'

const WINDOWS = [
  ['unpaid_hold_seconds', 'hold', 1, 1_440],
  ['payment_window_seconds', 'window', 1, 1_440],
  ['deposit_window_seconds', 'depositWindow', 5, 10_080],
] as const
const COUNTS = [
  ['max_unpaid_per_guest', 'perGuest', 1, 100],
  ['max_unpaid_per_visit', 'perVisit', 1, 1_000],
] as const

/** How long orders wait for their money, and how many may. */
export const LimitsSection = ({ now }: { now: Restaurant }) => (
  <Section
    title={t('limits')}
    changes={(form) => ({
      unpaid_hold_seconds: secondsOf(form, 'unpaid_hold_seconds'),
      payment_window_seconds: secondsOf(form, 'payment_window_seconds'),
      deposit_window_seconds: secondsOf(form, 'deposit_window_seconds'),
      max_unpaid_per_guest: numberOf(form, 'max_unpaid_per_guest') ?? 0,
      max_unpaid_per_visit: numberOf(form, 'max_unpaid_per_visit') ?? 0,
    })}
  >
    <div class="pair">
      {WINDOWS.map(([name, word, min, max]) => (
        <Field
          key={name}
          name={name}
          label={t(word)}
          hint={t(`${word}Hint`)}
          type="number"
          required
          min={min}
          max={max}
          step={0.5}
          value={now[name] / 60}
        />
      ))}
      {COUNTS.map(([name, word, min, max]) => (
        <Field
          key={name}
          name={name}
          label={t(word)}
          type="number"
          required
          min={min}
          max={max}
          value={now[name]}
        />
      ))}
    </div>
  </Section>
)
