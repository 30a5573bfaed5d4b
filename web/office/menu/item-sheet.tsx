import { useState } from 'preact/hooks'
import { ALLERGENS, allergenName, type Allergen } from '../../lib/allergens.ts'
import { amountOf, stepOf, typedAmount } from '../../lib/format.ts'
import { numberOf, textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Check, Field, Form, Select, Wrong } from '../../ui/parts.tsx'
import { api, currency } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import type { Category, Item } from './data.ts'
import { OptionEditor } from './option-editor.tsx'
import { draftsOf, optionsOf, type OptionDraft } from './option-drafts.ts'
import { PictureField } from './picture-field.tsx'
import { uploadPicture } from './upload.ts'
import { t } from './words.ts'

const items = () => api.api.v1.restaurants.me.items

/** What the form says of a dish, as the API takes it. */
function written(form: FormData, options: readonly OptionDraft[]) {
  const en = (name: string) => {
    const text = textOf(form, name).trim()
    return text === '' ? {} : { en: text }
  }
  const description = textOf(form, 'description').trim()
  return {
    category_id: textOf(form, 'category'),
    name: textOf(form, 'name').trim(),
    names: en('name-en'),
    price: amountOf(numberOf(form, 'price') ?? 0, currency.value),
    description: description === '' ? null : description,
    descriptions: en('description-en'),
    allergens: form.getAll('allergen') as Allergen[],
    tags: textOf(form, 'tags')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    spice_level: numberOf(form, 'spice') ?? 0,
    max_per_order: numberOf(form, 'limit'),
    options: optionsOf(options, currency.value),
  }
}

/** Adds a dish or changes one, its picture and its options with it. */
export function ItemSheet({
  item: given,
  categoryId,
  categories,
  onClose,
  onSaved,
}: {
  item: Item | null
  categoryId: string
  categories: readonly Category[]
  onClose: () => void
  onSaved: () => void
}) {
  const [item, setItem] = useState(given)
  const [options, setOptions] = useState<readonly OptionDraft[]>(
    given === null ? [] : draftsOf(given.options, currency.value),
  )
  const [file, setFile] = useState<File | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()

  const save = async (form: FormData) => {
    const json = written(form, options)
    const saved = await run(
      item === null
        ? outcomeOf(items().$post({ json }, keyFor(json)))
        : outcomeOf(items()[':id'].$patch({ param: { id: item.id }, json }, keyFor(json))),
    )
    if (!saved.ok) return
    // From here on the dish is there: whoever tries again changes it and adds none.
    setItem(saved.value)
    setOptions(draftsOf(saved.value.options, currency.value))
    onSaved()
    if (file !== null && !(await sendPicture(saved.value.id, file))) return
    toast(office('saved'))
    onClose()
  }
  const sendPicture = async (id: string, picture: File): Promise<boolean> => {
    setShare(0)
    const sent = await uploadPicture(id, picture, setShare)
    setShare(null)
    if (sent.ok) {
      onSaved()
      return true
    }
    const why = sent.status === 415 ? t('pictureWrongType') : (sent.message ?? office('unreached'))
    setTrouble(`${t('pictureNotSent')} ${why}`)
    return false
  }
  const removePicture = async () => {
    if (item === null) return
    const done = await run(outcomeOf(items()[':id'].image.$delete({ param: { id: item.id } })))
    if (!done.ok) return
    setItem(done.value)
    onSaved()
  }
  return (
    <Sheet
      title={item === null ? t('newItem') : t('editItem', { name: item.name })}
      closeLabel={office('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void save(form)}>
        <ItemFields item={item} categoryId={categoryId} categories={categories} />
        <PictureField
          present={item?.image_url ?? null}
          file={file}
          share={share}
          onChoose={setFile}
          onRemove={item?.image_url == null ? null : () => void removePicture()}
        />
        <Labels item={item} />
        <section class="stack">
          <h3>{t('options')}</h3>
          <p class="soft">{t('optionsHint')}</p>
          <OptionEditor options={options} onChange={setOptions} />
        </section>
        <Wrong text={trouble} />
        <button
          type="submit"
          class="button button--main button--wide"
          disabled={busy || share !== null}
        >
          {office('save')}
        </button>
      </Form>
    </Sheet>
  )
}

const ItemFields = ({
  item,
  categoryId,
  categories,
}: {
  item: Item | null
  categoryId: string
  categories: readonly Category[]
}) => (
  <>
    <div class="pair">
      <Field name="name" label={t('itemName')} value={item?.name} required maxLength={200} />
      <Field
        name="name-en"
        path="names"
        label={t('inEnglish')}
        lang="en"
        value={item?.names.en}
        maxLength={200}
      />
      <Field
        name="price"
        label={t('price', { currency: currency.value })}
        type="number"
        required
        min={0}
        step={stepOf(currency.value)}
        value={item === null ? '' : typedAmount(item.price, currency.value)}
      />
      <Select
        name="category"
        path="category_id"
        label={t('category')}
        value={item?.category_id ?? categoryId}
        options={categories.map(({ id, name }) => [id, name])}
      />
    </div>
    <Field name="description" label={t('description')} value={item?.description} maxLength={2000} />
    <Field
      name="description-en"
      path="descriptions"
      label={t('descriptionEn')}
      lang="en"
      value={item?.descriptions.en}
      maxLength={2000}
    />
  </>
)

const Labels = ({ item }: { item: Item | null }) => (
  <>
    <div class="pair">
      <Field
        name="tags"
        label={t('tags')}
        hint={t('tagsHint')}
        value={item?.tags.join(', ')}
        maxLength={300}
      />
      <Select
        name="spice"
        path="spice_level"
        label={t('spice')}
        value={String(item?.spice_level ?? 0)}
        options={(['spice0', 'spice1', 'spice2', 'spice3'] as const).map((word, level) => [
          String(level),
          t(word),
        ])}
      />
      <Field
        name="limit"
        path="max_per_order"
        label={t('limit')}
        hint={t('limitHint')}
        type="number"
        min={1}
        max={999}
        value={item?.max_per_order}
      />
    </div>
    <details class="fold">
      <summary>{t('allergens', { count: item?.allergens.length ?? 0 })}</summary>
      <fieldset class="checks">
        <legend class="unseen">{t('allergensLegend')}</legend>
        {ALLERGENS.map((one) => (
          <Check
            key={one}
            name="allergen"
            value={one}
            label={allergenName(one)}
            checked={item?.allergens.includes(one) ?? false}
          />
        ))}
      </fieldset>
    </details>
  </>
)
