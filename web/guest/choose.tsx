import { useState } from 'preact/hooks'
import { money } from '../lib/format.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { toast } from '../ui/toasts.tsx'
import { allergenName } from '../lib/allergens.ts'
import { addLine, priceOf, replaceLine, type Line } from './cart.ts'
import { menu, type Item } from './state.ts'
import { t } from './words.ts'

type Option = Item['options'][number]

/** What must be chosen, and can be chosen in one way only, is chosen already. */
const firstChoices = (item: Item): Line['choices'] =>
  item.options.flatMap(({ id, min, max, choices }) =>
    min === 1 && max === 1 && choices[0] !== undefined
      ? [{ optionId: id, choiceId: choices[0].id }]
      : [],
  )

/** An item with its options: chosen anew, or a line of the cart chosen over. */
export function Choose({
  item,
  line,
  onClose,
}: {
  item: Item
  line: Line | null
  onClose: () => void
}) {
  const [choices, setChoices] = useState(line?.choices ?? firstChoices(item))
  const [quantity, setQuantity] = useState(line?.quantity ?? 1)
  const [missing, setMissing] = useState<string | null>(null)
  const { currency } = menu.value.restaurant
  const sum = money(priceOf(item, choices) * quantity, currency)

  const confirm = () => {
    const short = item.options.find(
      ({ id, min }) => choices.filter(({ optionId }) => optionId === id).length < min,
    )
    setMissing(short?.id ?? null)
    if (short !== undefined) {
      document.getElementById(`option-${short.id}`)?.scrollIntoView({ block: 'center' })
      return
    }
    const wanted = { menuId: item.id, quantity, choices }
    if (line === null) addLine(wanted)
    else replaceLine(line.id, wanted)
    toast(t('added'))
    onClose()
  }

  return (
    <Sheet title={item.name} closeLabel={t('close')} onClose={onClose}>
      {item.image_url !== null && (
        <img class="dish__photo" src={item.image_url} alt="" width="640" height="420" />
      )}
      {item.description !== null && <p>{item.description}</p>}
      <Facts item={item} />
      {item.options.map((option) => (
        <Choices
          key={option.id}
          option={option}
          chosen={choices}
          onChoose={setChoices}
          currency={currency}
          missing={missing === option.id}
        />
      ))}
      <div class="row">
        <span>{t('quantity')}</span>
        <Stepper
          value={quantity}
          max={item.max_per_order ?? 99}
          less={t('less', { name: item.name })}
          more={t('more', { name: item.name })}
          onChange={setQuantity}
        />
      </div>
      <button type="button" class="button button--main button--wide" onClick={confirm}>
        {t('addToCart', { sum })}
      </button>
    </Sheet>
  )
}

function Facts({ item }: { item: Item }) {
  const { allergens, spice_level: spice, max_per_order: limit } = item
  return (
    <ul class="facts soft">
      {spice > 0 && <li>{t('spice', { level: '🌶'.repeat(spice) })}</li>}
      {limit !== null && <li>{t('perOrder', { count: limit })}</li>}
      {allergens.length > 0 && (
        <li>
          {t('allergens')}: {allergens.map(allergenName).join(', ')}
        </li>
      )}
    </ul>
  )
}

function Choices({
  option,
  chosen,
  onChoose,
  currency,
  missing,
}: {
  option: Option
  chosen: Line['choices']
  onChoose: (choices: Line['choices']) => void
  currency: string
  missing: boolean
}) {
  const { id, name, min, max } = option
  const own = chosen.filter(({ optionId }) => optionId === id)
  const one = max === 1
  const toggle = (choiceId: string, on: boolean) => {
    const others = chosen.filter(({ optionId }) => optionId !== id)
    const kept = one ? [] : own.filter((choice) => choice.choiceId !== choiceId)
    onChoose(on ? [...others, ...kept, { optionId: id, choiceId }] : [...others, ...kept])
  }
  return (
    <fieldset id={`option-${id}`} class="choices" aria-describedby={`hint-${id}`}>
      <legend class="row">
        <strong>{name}</strong>
        <span
          id={`hint-${id}`}
          class={missing ? 'field__error' : 'soft'}
          role={missing ? 'alert' : undefined}
        >
          {missing ? t('chooseThis', { name, min }) : hintOf(option)}
        </span>
      </legend>
      {option.choices.map((choice) => {
        const on = own.some(({ choiceId }) => choiceId === choice.id)
        const full = !one && !on && own.length >= max
        return (
          <label key={choice.id} class="choice">
            <input
              type={one && min === 1 ? 'radio' : 'checkbox'}
              name={id}
              checked={on}
              disabled={full}
              onChange={(event) => toggle(choice.id, event.currentTarget.checked)}
            />
            <span>{choice.name}</span>
            {choice.price_delta !== 0 && (
              <span class="sum">
                {choice.price_delta > 0 && '+'}
                {money(choice.price_delta, currency)}
              </span>
            )}
          </label>
        )
      })}
    </fieldset>
  )
}

function hintOf({ required, min, max }: Option): string {
  if (required && max === 1) return t('required')
  return min > 0 && min !== max ? t('chooseBetween', { min, max }) : t('chooseUpTo', { max })
}
