import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import type { Outcome, Trouble } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { Check, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { told } from '../../ui/task.ts'
import { t as shared } from '../../ui/words.ts'
import { limitMinutes, wrongWish } from './unmask-wish.ts'
import { t } from './words.ts'

const said = (trouble: Trouble): string => {
  const minutes = limitMinutes(trouble)
  if (minutes !== null) return t('unmaskLimit', { minutes })
  return trouble.reason === 'CUSTOMER_ERASED' || trouble.code === 'CUSTOMER_ERASED'
    ? t('unmaskErased')
    : told(trouble)
}

/** Which fields, and why; what comes is handed on and kept nowhere. */
export function UnmaskSheet<F extends string, T>({
  fields,
  ask,
  onShown,
  onClose,
}: {
  fields: readonly (readonly [field: F, name: string])[]
  ask: (wish: { fields: F[]; reason: string }) => Promise<Outcome<T>>
  onShown: (clear: T) => void
  onClose: () => void
}) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const submit = async (form: FormData) => {
    const chosen = fields.map(([field]) => field).filter((field) => form.has(field))
    const reason = textOf(form, 'reason').trim()
    const wrong = wrongWish(chosen, reason)
    if (wrong !== null) {
      setTrouble(t(wrong))
      return
    }
    setBusy(true)
    const outcome = await ask({ fields: chosen, reason })
    setBusy(false)
    if (!outcome.ok) {
      setTrouble(said(outcome.trouble))
      return
    }
    onShown(outcome.value)
    onClose()
  }
  return (
    <Sheet title={t('unmaskTitle')} closeLabel={shared('close')} onClose={onClose} firm>
      <p class="note note--warn">{t('unmaskLead')}</p>
      <Form onSubmit={(form) => void submit(form)}>
        <fieldset class="field">
          <legend>{t('unmaskFields')}</legend>
          <div class="checks">
            {fields.map(([field, name]) => (
              <Check key={field} name={field} label={name} checked={fields.length === 1} />
            ))}
          </div>
        </fieldset>
        <Area
          name="reason"
          label={t('unmaskReason')}
          hint={t('unmaskReasonHint')}
          required
          maxLength={500}
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('unmaskShow')}
        </button>
      </Form>
    </Sheet>
  )
}

/** Says where what is in clear is shown, and takes it away again. */
export const ShownHere = ({ onHide }: { onHide: () => void }) => (
  <div class="note note--warn row" role="status">
    <span>{t('shownHere')}</span>
    <button type="button" class="button button--small" onClick={onHide}>
      {t('hideAgain')}
    </button>
  </div>
)
