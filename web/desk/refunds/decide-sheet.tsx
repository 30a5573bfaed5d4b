import { textOf } from '../../lib/form.ts'
import { money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { t as shared } from '../../ui/words.ts'
import { api } from '../state.ts'
import type { FollowedRequest, RefundRequest } from '../support/types.ts'
import { t } from './words.ts'

export type Verdict = 'approve' | 'refuse'

/** Asks once more, with a note that stays within support. */
export function DecideSheet({
  request: { id, amount, currency },
  verdict,
  onDecided,
  onClose,
}: {
  request: RefundRequest
  verdict: Verdict
  onDecided: (request: FollowedRequest) => void
  onClose: () => void
}) {
  const { busy, trouble, run } = useTask()
  const sum = money(amount, currency)
  const decide = async (note: string) => {
    const sent = { param: { id }, json: note === '' ? {} : { note } }
    const one = api.api.v1.support.refunds[':id']
    const decided = await run(outcomeOf(one[verdict].$post(sent)))
    if (!decided.ok) return
    onDecided(decided.value)
    toast(t(verdict === 'approve' ? 'approved' : 'refused'))
    onClose()
  }
  return (
    <Sheet
      title={t(`${verdict}Title`, { sum })}
      closeLabel={shared('close')}
      onClose={onClose}
      firm
    >
      <p>{t(`${verdict}Text`)}</p>
      <Form onSubmit={(form) => void decide(textOf(form, 'note').trim())}>
        <Area name="note" label={t('noteLabel')} hint={t('noteHint')} maxLength={500} />
        <Wrong text={trouble} />
        <button
          type="submit"
          class={`button button--wide ${verdict === 'approve' ? 'button--main' : 'button--bad'}`}
          disabled={busy}
        >
          {t(verdict)}
        </button>
      </Form>
    </Sheet>
  )
}
