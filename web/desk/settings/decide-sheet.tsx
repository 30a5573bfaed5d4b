import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { api } from '../state.ts'
import { valueText } from './texts.ts'
import type { Change, Setting } from './types.ts'
import { nameText, t } from './words.ts'

export type Verb = 'approve' | 'reject'

const CHANGE = api.api.v1.admin.settings.changes[':id']

/** Decides what somebody else has proposed. */
export function DecideSheet({
  setting,
  change,
  verb,
  onClose,
  onChanged,
}: {
  setting: Setting
  change: Change
  verb: Verb
  onClose: () => void
  onChanged: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const decide = async (form: FormData) => {
    const note = textOf(form, 'note').trim()
    const json = note === '' ? {} : { note }
    const decided = await run(
      outcomeOf(CHANGE[verb].$post({ param: { id: change.id }, json }, keyFor({ verb, note }))),
    )
    // Also where it was refused: somebody else may have been quicker.
    onChanged()
    if (!decided.ok) return
    toast(t(verb === 'approve' ? 'approved' : 'rejected'))
    onClose()
  }
  const values = {
    from: valueText(setting, change.from),
    to: valueText(setting, change.to),
  }
  return (
    <Sheet
      title={t(verb === 'approve' ? 'approveNamed' : 'rejectNamed', {
        name: nameText(setting.name),
      })}
      closeLabel={t('close')}
      onClose={onClose}
      firm
    >
      <p>
        <strong>{t('fromTo', values)}</strong>
      </p>
      <p>“{change.reason}”</p>
      <p>{t(verb === 'approve' ? 'approveText' : 'rejectText', values)}</p>
      <Form onSubmit={(form) => void decide(form)}>
        <Field name="note" label={t('note')} maxLength={500} autocomplete="off" />
        <Wrong text={trouble} />
        <button
          type="submit"
          class={`button button--wide ${verb === 'approve' ? 'button--main' : 'button--bad'}`}
          disabled={busy}
        >
          {t(verb)}
        </button>
      </Form>
    </Sheet>
  )
}
