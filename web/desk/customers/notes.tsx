import { textOf } from '../../lib/form.ts'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Area } from '../../ui/area.tsx'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Form, Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { api, isAdmin } from '../state.ts'
import { Colleague } from '../support/people.tsx'
import type { Note } from '../support/types.ts'
import { t } from './words.ts'

/** What support wrote of a customer; administrators read it. */
export function Notes({ id, erased }: { id: string; erased: boolean }) {
  const { notes } = api.api.v1.support.customers[':id']
  const pages = usePages<Note>((query) =>
    outcomeOf(notes.$get({ param: { id }, query: { ...query, limit: '5' } })),
  )
  const { busy, trouble, run } = useTask()
  const key = useKey()
  const add = async (form: HTMLFormElement, text: string) => {
    const json = { text }
    const added = await run(outcomeOf(notes.$post({ param: { id }, json }, key(json))))
    if (!added.ok) return
    key.done()
    form.reset()
    toast(t('noteSaved'))
    await pages.again()
  }
  return (
    <>
      {!isAdmin.value && !erased && (
        <Form
          label={t('addNote')}
          onSubmit={(form, element) => void add(element, textOf(form, 'text').trim())}
        >
          <Area
            name="text"
            label={t('noteText')}
            hint={t('noteHint')}
            required
            maxLength={2_000}
            rows={2}
          />
          <Wrong text={trouble} />
          <div>
            <button type="submit" class="button" disabled={busy}>
              {t('addNote')}
            </button>
          </div>
        </Form>
      )}
      <Paged pages={pages} empty={t('noNotes')}>
        {(items) => (
          <ul>
            {items.map((note) => (
              <li key={note.id} class="line">
                <div class="line__what">
                  <p class="written">{note.text}</p>
                  <p class="soft">
                    {momentText(note.created_at)} · <Colleague id={note.author_id} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </>
  )
}
