import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Field, Form, Select, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { countText } from '../counts.ts'
import { useRestaurantChoice } from '../names.ts'
import { api } from '../state.ts'
import { valueOf } from './proposal.ts'
import { valueText } from './texts.ts'
import type { Setting } from './types.ts'
import { nameText, meaningText, t, type SettingWord } from './words.ts'

const REASONS: Partial<Record<string, SettingWord>> = {
  unchanged: 'unchanged',
  unknown_restaurant: 'unknownRestaurant',
  unknown_timezone: 'wrongTimezone',
  too_small: 'wrongNumber',
  too_big: 'wrongNumber',
  invalid_type: 'wrongNumber',
}

/** What the server has against the value, where that is what it refuses. */
function againstValue(details: Readonly<Record<string, unknown>>): string | null {
  const errors = Array.isArray(details.errors) ? (details.errors as unknown[]) : []
  for (const one of errors) {
    const { field, reason } = one as { field?: unknown; reason?: unknown }
    if (field !== 'value' || typeof reason !== 'string') continue
    const word = REASONS[reason]
    if (word !== undefined) return t(word)
  }
  return null
}

/** Proposes another value for a setting, with a reason. */
export function ProposeSheet({
  setting,
  onClose,
  onChanged,
}: {
  setting: Setting
  onClose: () => void
  onChanged: () => void
}) {
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const propose = async (form: FormData) => {
    const typed = valueOf(setting.type, textOf(form, 'value'))
    if (!typed.ok) {
      setTrouble(t(setting.type === 'timezone' ? 'wrongTimezone' : 'wrongNumber'))
      return
    }
    const { name, version } = setting
    const json = { name, value: typed.value, reason: textOf(form, 'reason').trim(), version }
    const sent = await run(
      outcomeOf(api.api.v1.admin.settings.changes.$post({ json }, keyFor(json))),
    )
    if (!sent.ok) {
      const against = againstValue(sent.trouble.details)
      if (against !== null) setTrouble(against)
      else onChanged()
      return
    }
    onChanged()
    toast(t('proposed'))
    onClose()
  }
  return (
    <Sheet
      title={t('proposeNamed', { name: nameText(setting.name) })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <p class="soft">{meaningText(setting.name)}</p>
      <Form onSubmit={(form) => void propose(form)}>
        <ValueField setting={setting} />
        <Field
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          required
          maxLength={500}
          autocomplete="off"
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('send')}
        </button>
      </Form>
    </Sheet>
  )
}

function ValueField({ setting }: { setting: Setting }) {
  const { type, value, minimum, maximum } = setting
  const restaurants = useRestaurantChoice(typeof value === 'string' ? [value] : [])
  if (type === 'restaurant')
    return (
      <Select
        name="value"
        label={t('value')}
        value={String(value ?? '')}
        options={[['', t('none')], ...restaurants]}
      />
    )
  if (type === 'timezone')
    return (
      <Field
        name="value"
        label={t('value')}
        value={value}
        hint={t('timezoneHint')}
        required
        maxLength={100}
        autocomplete="off"
      />
    )
  const bounds =
    minimum === null || maximum === null
      ? {}
      : {
          ...{ min: minimum, max: maximum },
          hint: t('bounds', {
            least: setting.unit === null ? countText(minimum) : valueText(setting, minimum),
            most: setting.unit === null ? countText(maximum) : valueText(setting, maximum),
          }),
        }
  return (
    <Field
      name="value"
      label={t('value')}
      type="number"
      inputMode="numeric"
      value={value}
      required
      {...bounds}
    />
  )
}
