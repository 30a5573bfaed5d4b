import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Check, Form, Wrong } from '../../ui/parts.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { RestaurantField } from '../restaurant-field.tsx'
import { api } from '../state.ts'
import { TYPES } from './types-of.ts'
import { t } from './words.ts'

/** Lets a partner see what happens: where, and of which kinds. */
export function SubscriptionSheet({
  partner: id,
  onClose,
  onDone,
}: {
  partner: string
  onClose: () => void
  onDone: () => void
}) {
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const [one, setOne] = useState(false)
  const [some, setSome] = useState(false)
  const subscribe = async (form: FormData) => {
    const types = TYPES.filter((type) => form.has(type))
    if (some && types.length === 0) {
      setTrouble(t('chooseTypes'))
      return
    }
    const restaurant = textOf(form, 'restaurant')
    if (one && restaurant === '') {
      setTrouble(t('chooseRestaurant'))
      return
    }
    const json = {
      restaurant_id: one ? restaurant : null,
      types: some ? types : null,
    }
    const { subscriptions } = api.api.v1.admin.integrations.partners[':id']
    const done = await run(outcomeOf(subscriptions.$post({ param: { id }, json }, keyFor(json))))
    if (done.ok) onDone()
  }
  return (
    <Sheet title={t('subscribe')} closeLabel={t('close')} onClose={onClose} firm>
      <Form onSubmit={(form) => void subscribe(form)}>
        <Choice
          name="which"
          legend={t('which')}
          first={t('everyRestaurant')}
          second={t('oneRestaurant')}
          chosen={one}
          onChoose={setOne}
        />
        {one && <RestaurantField hint={t('restaurantHint')} />}
        <Choice
          name="what"
          legend={t('types')}
          first={t('everyType')}
          second={t('someTypes')}
          chosen={some}
          onChoose={setSome}
        />
        {some && (
          <fieldset class="checks">
            <legend class="unseen">{t('someTypes')}</legend>
            {TYPES.map((type) => (
              <Check key={type} name={type} label={t(type)} checked={false} />
            ))}
          </fieldset>
        )}
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {t('subscribe')}
        </button>
      </Form>
    </Sheet>
  )
}

const Choice = ({
  name,
  legend,
  first,
  second,
  chosen,
  onChoose,
}: {
  name: string
  legend: string
  first: string
  second: string
  /** Whether it is the second. */
  chosen: boolean
  onChoose: (second: boolean) => void
}) => (
  <fieldset>
    <legend>{legend}</legend>
    {[first, second].map((text, at) => (
      <label key={text} class="check">
        <input
          type="radio"
          name={name}
          checked={chosen === (at === 1)}
          onChange={() => onChoose(at === 1)}
        />
        <span>{text}</span>
      </label>
    ))}
  </fieldset>
)
