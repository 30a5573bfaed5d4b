import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Field, Form, Wrong } from '../../ui/parts.tsx'
import { api } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import type { Category } from './data.ts'
import { t } from './words.ts'

/** Adds a part of the menu, or renames one. */
export function CategorySheet({
  category,
  onClose,
  onSaved,
}: {
  category: Category | null
  onClose: () => void
  onSaved: () => void
}) {
  const { busy, trouble, run } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData) => {
    const english = textOf(form, 'name-en').trim()
    const json = {
      name: textOf(form, 'name').trim(),
      names: english === '' ? {} : { en: english },
    }
    const { categories } = api.api.v1.restaurants.me
    const saved = await run(
      category === null
        ? outcomeOf(categories.$post({ json }, keyFor(json)))
        : outcomeOf(categories[':id'].$patch({ param: { id: category.id }, json }, keyFor(json))),
    )
    if (!saved.ok) return
    onSaved()
    onClose()
  }
  return (
    <Sheet
      title={category === null ? t('newCategory') : t('renameTitle')}
      closeLabel={office('close')}
      onClose={onClose}
    >
      <Form onSubmit={(form) => void save(form)}>
        <Wrong text={trouble} />
        <Field
          name="name"
          label={t('categoryName')}
          value={category?.name}
          required
          maxLength={200}
        />
        <Field
          name="name-en"
          path="names"
          label={t('inEnglish')}
          lang="en"
          value={category?.names.en}
          maxLength={200}
        />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {office('save')}
        </button>
      </Form>
    </Sheet>
  )
}
