import { textOf } from '../lib/form.ts'
import { Field, Form, Wrong } from '../ui/parts.tsx'
import { choose, openRestaurant, signOut } from './state.ts'
import { useKey, useTask } from '../ui/task.ts'
import { t } from './words.ts'

/** An owner without a restaurant opens their first: a name will do, the rest can be set later. */
export function Create() {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const submit = async (form: FormData) => {
    const json = { name: textOf(form, 'name').trim() }
    const made = await run(openRestaurant(json, keyFor(json)))
    if (made.ok) choose(made.value.id)
  }
  return (
    <main class="middle">
      <Form class="stack card" onSubmit={(form) => void submit(form)}>
        <h1>{t('createTitle')}</h1>
        <p class="soft">{t('createHint')}</p>
        <Wrong text={trouble} />
        <Field name="name" label={t('restaurantName')} required maxLength={200} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('create')}
        </button>
        <button type="button" class="button button--plain" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </Form>
    </main>
  )
}
