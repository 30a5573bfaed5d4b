import { numberOf, textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { api } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import type { Level } from './stock-view.tsx'
import { t } from './words.ts'

const inventory = () => api.api.v1.restaurants.me.inventory

/** Corrects a level, says when it is low and what a day begins with, or counts no more. */
export function LevelSheet({
  level,
  onClose,
  onSaved,
}: {
  level: Level
  onClose: () => void
  onSaved: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const { menu_id: id } = level
  const finish = () => {
    toast(office('saved'))
    onSaved()
    onClose()
  }
  const setTo = (set: number | null, reason: string) => {
    const json = { menu_id: id, set, reason }
    return run(outcomeOf(inventory().adjustments.$post({ json }, keyFor(json))))
  }
  const save = async (form: FormData) => {
    const wanted = numberOf(form, 'level')
    if (wanted !== null && wanted !== level.level) {
      const adjusted = await setTo(wanted, textOf(form, 'reason').trim())
      if (!adjusted.ok) return
    }
    const json = {
      low_stock_threshold: numberOf(form, 'low'),
      daily_portions: numberOf(form, 'daily'),
    }
    const ruled = await run(
      outcomeOf(inventory().levels[':menu_id'].$patch({ param: { menu_id: id }, json })),
    )
    // The level stands already, whatever became of its rules.
    if (ruled.ok) finish()
    else onSaved()
  }
  const stop = async () => {
    const stopped = await setTo(null, t('stopReason'))
    if (stopped.ok) finish()
  }
  return (
    <Sheet
      title={t('editNamed', { name: level.name })}
      closeLabel={office('close')}
      onClose={onClose}
    >
      <Form onSubmit={(form) => void save(form)}>
        <div class="pair">
          <Field
            name="level"
            path="set"
            label={t('level')}
            type="number"
            required
            min={level.reserved ?? 0}
            max={999_999}
            value={level.level ?? 0}
          />
          <Field
            name="reason"
            label={t('reason')}
            required
            maxLength={200}
            value={t('usualReason')}
          />
          <Field
            name="low"
            path="low_stock_threshold"
            label={t('lowAt')}
            hint={t('lowHint')}
            type="number"
            min={0}
            value={level.low_stock_threshold}
          />
          <Field
            name="daily"
            path="daily_portions"
            label={t('dailyPortions')}
            hint={t('dailyHint')}
            type="number"
            min={1}
            value={level.daily_portions}
          />
        </div>
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {office('save')}
        </button>
        {level.counted && (
          <button
            type="button"
            class="button button--wide"
            disabled={busy}
            onClick={() => void stop()}
          >
            {t('stopCounting')}
          </button>
        )}
      </Form>
    </Sheet>
  )
}
