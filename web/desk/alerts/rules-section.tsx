import { useState } from 'preact/hooks'
import { clock } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { durationText } from '../durations.ts'
import { api, isAdmin } from '../state.ts'
import { figureText, kindText, measuredText, type Rule } from './kinds.ts'
import { RulesForm } from './rules-form.tsx'
import { t } from './words.ts'

const readRules = () => outcomeOf(api.api.v1.admin.alerts.rules.$get())

/** What is watched over, where it stands, and from which figure on somebody is told. */
export function RulesSection({ onChanged }: { onChanged: () => void }) {
  const { reading, again } = useReading(readRules)
  const [editing, setEditing] = useState(false)
  return (
    <section class="card stack" aria-labelledby="rules">
      <div class="row">
        <h2 id="rules">{t('rules')}</h2>
        {isAdmin.value && reading.kind === 'read' && !editing && (
          <button type="button" class="button" onClick={() => setEditing(true)}>
            {t('editRules')}
          </button>
        )}
      </div>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' &&
        (editing ? (
          <RulesForm
            rules={reading.value.items}
            onClose={() => setEditing(false)}
            onSaved={() => {
              setEditing(false)
              void again()
              onChanged()
            }}
          />
        ) : (
          <ul>
            {reading.value.items.map((rule) => (
              <Row key={rule.kind} rule={rule} />
            ))}
          </ul>
        ))}
    </section>
  )
}

function Row({ rule }: { rule: Rule }) {
  const { kind, of, unit, enabled, state, value, measured_at: measured, hold_seconds: hold } = rule
  const thresholds = t('ruleText', {
    fires: figureText(unit, rule.fires_at),
    clears: figureText(unit, rule.clears_at),
    hold: hold === 0 ? t('atOnce') : t('heldFor', { span: durationText(hold) }),
  })
  return (
    <li class="line">
      <div class="line__what">
        <strong>{kindText(kind)}</strong>{' '}
        {enabled ? (
          <span class={state === 'FIRING' ? 'badge badge--bad' : 'badge badge--good'}>
            {t(state === 'FIRING' ? 'fires' : 'fine')}
          </span>
        ) : (
          <span class="badge">{t('ruleOff')}</span>
        )}
        <p>{measuredText(kind)}</p>
        <p class="soft">{thresholds}</p>
      </div>
      <p class="soft">
        {value === null
          ? t(of === 'restaurant' ? 'noRestaurant' : 'notMeasured')
          : t('nowAt', { figure: figureText(unit, value) }) +
            (measured === null ? '' : ` · ${t('measuredAt', { at: clock(measured) })}`)}
      </p>
    </li>
  )
}
