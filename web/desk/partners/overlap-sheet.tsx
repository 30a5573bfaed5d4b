import { textOf } from '../../lib/form.ts'
import type { Outcome } from '../../lib/outcome.ts'
import { Form, Select, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useTask } from '../../ui/task.ts'
import { OVERLAPS, overlapText } from './types-of.ts'
import { t } from './words.ts'

const A_DAY = '86400'

/** A new secret in place of one that lives on for a while. */
export function OverlapSheet<T>({
  title,
  text,
  yes,
  make,
  onMade,
  onClose,
}: {
  title: string
  text: string
  yes: string
  make: (overlapSeconds: number) => Promise<Outcome<T>>
  onMade: (made: T) => void
  onClose: () => void
}) {
  const { busy, trouble, run } = useTask()
  const go = async (form: FormData) => {
    const made = await run(make(Number(textOf(form, 'overlap'))))
    if (made.ok) onMade(made.value)
  }
  return (
    <Sheet title={title} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void go(form)}>
        <p>{text}</p>
        <Select
          name="overlap"
          label={t('overlap')}
          value={A_DAY}
          options={OVERLAPS.map((seconds) => [String(seconds), overlapText(seconds, t)])}
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {yes}
        </button>
      </Form>
    </Sheet>
  )
}
