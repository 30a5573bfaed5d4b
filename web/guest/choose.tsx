import { useState } from 'preact/hooks'
import { money } from '../lib/format.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { toast } from '../ui/toasts.tsx'
import { allergenName } from '../lib/allergens.ts'
import { addLine, portionsOf, priceOf, replaceLine, type Line } from './cart.ts'
import { closeSheet } from './place.ts'
import { menu, type Item } from './state.ts'
import { t, type GuestWord } from './words.ts'

type Option = Item['options'][number]

/** Of one dish in one order, where its restaurant names no limit. */
const MOST = 99

/** What must be chosen, and can be chosen in one way only, is chosen already. */
const firstChoices = (item: Item): Line['choices'] =>
  item.options.flatMap(({ id, min, max, choices }) =>
    min === 1 && max === 1 && choices[0] !== undefined
      ? [{ optionId: id, choiceId: choices[0].id }]
      : [],
  )

interface Chosen {
  choices: Line['choices']
  quantity: number
}

/** What is chosen so far stands in the history's entry: a reload keeps it. */
function useChosen(first: Chosen): [Chosen, (some: Partial<Chosen>) => void] {
  const kept = (history.state as { chosen?: Chosen } | null)?.chosen
  const [chosen, setChosen] = useState<Chosen>(kept ?? first)
  const choose = (some: Partial<Chosen>) => {
    const next = { ...chosen, ...some }
    history.replaceState({ ...(history.state as object | null), chosen: next }, '')
    setChosen(next)
  }
  return [chosen, choose]
}

/** A dish with its options: chosen anew, or a line of the cart chosen over. */
export function Choose({ item, line }: { item: Item; line: Line | null }) {
  const [{ choices, quantity: wanted }, choose] = useChosen({
    choices: line?.choices ?? firstChoices(item),
    quantity: line?.quantity ?? 1,
  })
  const [missing, setMissing] = useState<string | null>(null)
  const { currency } = menu.value.restaurant
  const most = (item.max_per_order ?? MOST) - portionsOf(item.id, line?.id)
  const quantity = Math.max(1, Math.min(wanted, most))
  const sum = money(priceOf(item, choices) * quantity, currency)

  const confirm = () => {
    const short = item.options.find(
      ({ id, min }) => choices.filter(({ optionId }) => optionId === id).length < min,
    )
    setMissing(short?.id ?? null)
    if (short !== undefined) {
      const option = document.getElementById(`option-${short.id}`)
      option?.scrollIntoView({ block: 'center' })
      option?.querySelector('input')?.focus({ preventScroll: true })
      return
    }
    const taken = { menuId: item.id, name: item.name, quantity, choices }
    if (line === null) addLine(taken)
    else replaceLine(line.id, taken)
    toast(t('added'))
    closeSheet()
  }
  const trouble: GuestWord | null = !item.is_available
    ? 'lineSoldOut'
    : most < 1
      ? 'limitReached'
      : null

  return (
    <Sheet title={item.name} closeLabel={t('close')} onClose={closeSheet}>
      {item.image_url !== null && (
        <img class="dish__photo" src={item.image_url} alt="" width="640" height="420" />
      )}
      {item.description !== null && <p>{item.description}</p>}
      <p class="dish__price">{money(item.price, currency)}</p>
      <Facts item={item} />
      {item.options.map((option) => (
        <Choices
          key={option.id}
          option={option}
          chosen={choices}
          onChoose={(next) => choose({ choices: next })}
          currency={currency}
          missing={missing === option.id}
        />
      ))}
      <div class="row row--wrap">
        <span>{t('quantity')}</span>
        <Stepper
          value={quantity}
          max={most}
          less={t('less', { name: item.name })}
          more={t('more', { name: item.name })}
          onChange={(next) => choose({ quantity: next })}
        />
      </div>
      <div role="status">{trouble !== null && <p class="note note--warn">{t(trouble)}</p>}</div>
      <button
        type="button"
        class="button button--main button--wide"
        disabled={trouble !== null}
        onClick={confirm}
      >
        {t(line === null ? 'addToCart' : 'changeLine', { sum })}
      </button>
    </Sheet>
  )
}

/** A dish that has left the menu while somebody looked at it. */
export const Gone = () => (
  <Sheet title={t('lineGone')} closeLabel={t('close')} onClose={closeSheet}>
    <p class="empty soft">{t('dishGone')}</p>
  </Sheet>
)

function Facts({ item }: { item: Item }) {
  const { allergens, spice_level: spice, max_per_order: limit } = item
  return (
    <ul class="facts soft">
      {spice > 0 && <li>{t('spice', { level: spice })}</li>}
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
