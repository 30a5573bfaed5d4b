import { textOf } from '../../lib/form.ts'
import type { Outcome } from '../../lib/outcome.ts'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { t } from './words.ts'

/** An address that events are pushed to: its first, or another one. */
export function AddressSheet<T>({
  title,
  text,
  url,
  yes,
  send,
  onSaved,
  onClose,
}: {
  title: string
  text?: string
  url?: string
  yes: string
  send: (json: { url: string }, options: { headers: Record<string, string> }) => Promise<Outcome<T>>
  onSaved: (saved: T) => void
  onClose: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData) => {
    const json = { url: textOf(form, 'url').trim() }
    const saved = await run(send(json, keyFor(json)))
    if (saved.ok) onSaved(saved.value)
  }
  return (
    <Sheet title={title} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void save(form)}>
        {text !== undefined && <p>{text}</p>}
        <Field
          name="url"
          label={t('url')}
          hint={t('urlHint')}
          type="url"
          required
          maxLength={500}
          value={url}
          autocomplete="off"
        />
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {yes}
        </button>
      </Form>
    </Sheet>
  )
}
