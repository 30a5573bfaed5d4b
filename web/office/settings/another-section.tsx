import { textOf } from '../../lib/form.ts'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { choose, openRestaurant, restaurants } from '../state.ts'
import { t as office } from '../words.ts'
import { t } from './words.ts'

/** One owner, several restaurants: the next is opened here. */
export function AnotherSection() {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const submit = async (form: FormData) => {
    const json = { name: textOf(form, 'name').trim() }
    // A second of the same name is another one, once the first is known.
    const key = keyFor({ json, after: restaurants.value.length })
    const made = await run(openRestaurant(json, key))
    if (!made.ok) return
    toast(t('opened', { name: made.value.name }))
    choose(made.value.id)
  }
  return (
    <section class="card">
      <Form label={t('another')} onSubmit={(form) => void submit(form)}>
        <h2>{t('another')}</h2>
        <p class="soft">{t('anotherHint')}</p>
        <Field name="name" label={office('restaurantName')} required maxLength={200} />
        <Wrong text={trouble} />
        <div>
          <button type="submit" class="button" disabled={busy}>
            {t('openAnother')}
          </button>
        </div>
      </Form>
    </section>
  )
}
