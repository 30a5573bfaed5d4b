import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { Check, Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import type { AccountDetails } from '../administration/types.ts'
import { api } from '../state.ts'
import { blockersOf, type Blocker } from './erasure-text.ts'
import { t } from './words.ts'

/** Erasing somebody: the e-mail is typed again, and what stands in the way is said. */
export function EraseSheet({
  account: { id, name, email, points },
  onClose,
  onDone,
}: {
  account: AccountDetails
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run, setTrouble } = useTask()
  const [blockers, setBlockers] = useState<readonly Blocker[]>([])
  const erase = async (form: FormData) => {
    setBlockers([])
    const confirm = textOf(form, 'confirm').trim()
    if (confirm.toLowerCase() !== email.toLowerCase()) {
      setTrouble(t('confirmWrong'))
      return
    }
    const json = {
      ...{ confirm, reason: textOf(form, 'reason').trim() },
      forfeit_points: form.has('forfeit'),
    }
    const begun = await run(
      outcomeOf(api.api.v1.admin.users[':id'].erase.$post({ param: { id }, json })),
    )
    if (begun.ok) {
      onClose()
      onDone()
    } else setBlockers(blockersOf(begun.trouble.details))
  }
  return (
    <Sheet title={t('eraseTitle', { name })} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void erase(form)}>
        <p class="note note--bad">{t('eraseText')}</p>
        <Area
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          rows={2}
          required
          minLength={3}
          maxLength={500}
        />
        <Field
          name="confirm"
          label={t('confirmLabel')}
          hint={t('confirm', { email })}
          required
          autocomplete="off"
        />
        {points > 0 && <Check name="forfeit" label={t('forfeit')} checked={false} />}
        <Wrong text={blockers.length > 0 ? blockers.map((one) => t(one)).join(' ') : trouble} />
        <button type="submit" class="button button--bad button--wide" disabled={busy}>
          {t('erase')}
        </button>
      </Form>
    </Sheet>
  )
}
