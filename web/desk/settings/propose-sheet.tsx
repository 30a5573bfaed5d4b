import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { countText } from '../counts.ts'
import { RestaurantField } from '../restaurant-field.tsx'
import { api } from '../state.ts'
import { valueOf } from './proposal.ts'
import { valueText } from './texts.ts'
import type { Setting } from './types.ts'
import { nameText, meaningText, t } from './words.ts'

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
      // Where it is in the way of another proposal, or of a newer value, that is seen behind the sheet.
      if (sent.trouble.status === 409) onChanged()
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
  if (type === 'restaurant')
    return <RestaurantField name="value" value={String(value ?? '')} hint={t('restaurantHint')} />
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
