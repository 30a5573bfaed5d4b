import { money } from '../lib/format.ts'
import { Sheet } from '../ui/sheet.tsx'
import { CartLine } from './cart-line.tsx'
import { lines, shownTotal, takeOut } from './cart.ts'
import { Coupon } from './coupon.tsx'
import { draft, edit } from './draft.ts'
import { Notices } from './notices.tsx'
import { order, refusal } from './orders.ts'
import { Points } from './points.tsx'
import { useQuote, type Quoting } from './quote.ts'
import { barred, items, menu, who, type Order } from './state.ts'
import { Sums } from './sums.tsx'
import {
  methodsFor,
  newTotalOf,
  obstacleOf,
  sayingOf,
  shortagesOf,
  takesPoints,
  troubleOf,
} from './why.ts'
import { t, type GuestWord } from './words.ts'

type Method = Order['payment_method']

/** The cart, what it comes to, and how it is paid. */
export function Checkout({ onClose }: { onClose: () => void }) {
  const { code } = draft.value
  const quoting = useQuote(code)
  const { quote, isAsking } = quoting
  if (lines.value.length === 0)
    return (
      <Sheet title={t('cart')} closeLabel={t('close')} onClose={onClose}>
        <p class="empty soft">{t('cartEmpty')}</p>
      </Sheet>
    )
  const verdict = (!isAsking && quote?.coupons[0]) || null
  const total = quote?.total_amount ?? shownTotal.value
  const points = pointsTaken(total)
  const methods = methodsFor(menu.value.restaurant.payment_methods, { points, total }) as Method[]
  const wanted = draft.value.method
  const method = wanted !== null && methods.includes(wanted) ? wanted : (methods[0] ?? null)
  const troubled = lines.value.map((line, at) => ({
    line,
    trouble: troubleOf(line, items.value.get(line.menuId), isAsking ? undefined : quote?.items[at]),
  }))
  const bad = new Set(troubled.flatMap(({ line, trouble }) => (trouble === null ? [] : [line.id])))
  return (
    <Sheet title={t('cart')} closeLabel={t('close')} onClose={onClose}>
      <Notices isLive={false} />
      <Refused />
      <Changed quoting={quoting} />
      <ul class="lines">
        {troubled.map(({ line, trouble }) => (
          <CartLine key={line.id} line={line} trouble={trouble} />
        ))}
      </ul>
      {bad.size > 0 && (
        <div class="note note--warn stack" role="status">
          <p>{t('linesBad')}</p>
          <button type="button" class="button" onClick={() => takeOut(bad)}>
            {t('takeOutBad')}
          </button>
        </div>
      )}
      <Coupon verdict={verdict} />
      <Points points={points} most={total} />
      <Methods methods={methods} method={method} />
      {method === 'DEPOSIT' && <PayerName />}
      <Requests />
      <Sums {...{ quote, total, points, isAsking }} currency={currencyOf()} />
      <OrderButton
        {...{ method, total, points }}
        isReady={!isAsking && bad.size === 0}
        couponCode={verdict?.applicable === true ? code : null}
      />
    </Sheet>
  )
}

const currencyOf = (): string => menu.value.restaurant.currency

/** As many as were wanted, are there, and are needed. */
const pointsTaken = (total: number): number =>
  who.value === null || !takesPoints(menu.value.restaurant)
    ? 0
    : Math.min(draft.value.points, who.value.points, total)

function OrderButton({
  method,
  total,
  points,
  isReady,
  couponCode,
}: {
  method: Method | null
  total: number
  points: number
  isReady: boolean
  couponCode: string | null
}) {
  const place = () => {
    if (method === null) return
    const { payerName, requests } = draft.value
    order({
      lines: lines.value,
      method,
      payerName: method === 'DEPOSIT' && payerName.trim() !== '' ? payerName.trim() : null,
      requests: requests.trim() === '' ? null : requests.trim(),
      couponCode,
      points: points > 0 ? points : null,
      shownTotal: total,
      menuVersion: menu.value.menu_version,
    })
  }
  const obstacle = obstacleOf(barred.value, menu.value.restaurant)
  return (
    <button
      type="button"
      class="button button--main button--wide"
      disabled={obstacle !== null || method === null || !isReady}
      onClick={place}
    >
      {t('placeOrder', { sum: money(total - points, currencyOf()) })}
    </button>
  )
}

/** Why the last order was not taken. */
function Refused() {
  if (refusal.value === null) return null
  const { trouble, shownTotal: from } = refusal.value
  const saying = sayingOf(trouble)
  const to = newTotalOf(trouble)
  const sums = (sum: number) => money(sum, currencyOf())
  return (
    <div class="note note--bad" role="alert">
      <p>
        {saying === 'priceChanged' && to !== null
          ? t('sumChanged', { from: sums(from), to: sums(to) })
          : saying === null
            ? (trouble.message ?? t('notSent'))
            : t(saying)}
      </p>
      {shortagesOf(trouble).map(({ name, left }) => (
        <p key={name}>
          {name}: {left === 0 ? t('soldOut') : t('lineFew', { count: left })}
        </p>
      ))}
    </div>
  )
}

/** The sum is another than the guest was shown a moment ago. */
function Changed({ quoting: { changed } }: { quoting: Quoting }) {
  return (
    <div role="status">
      {changed !== null && (
        <p class="note note--warn">
          {t('sumChanged', {
            from: money(changed.from, currencyOf()),
            to: money(changed.to, currencyOf()),
          })}
        </p>
      )}
    </div>
  )
}

function Methods({ methods, method }: { methods: readonly Method[]; method: Method | null }) {
  return (
    <fieldset class="stack">
      <legend>
        <strong>{t('payBy')}</strong>
      </legend>
      {methods.map((one) => (
        <label key={one} class="choice">
          <input
            type="radio"
            name="method"
            checked={one === method}
            onChange={() => edit({ method: one })}
          />
          <span>{t(one as GuestWord)}</span>
        </label>
      ))}
    </fieldset>
  )
}

const PayerName = () => (
  <div class="field">
    <label for="payer">{t('payerName')}</label>
    <input
      id="payer"
      maxLength={50}
      autocomplete="name"
      value={draft.value.payerName}
      aria-describedby="payer-hint"
      onInput={(event) => edit({ payerName: event.currentTarget.value })}
    />
    <span id="payer-hint" class="soft">
      {t('payerHint')}
    </span>
  </div>
)

const Requests = () => (
  <div class="field">
    <label for="requests">{t('requests')}</label>
    <textarea
      id="requests"
      rows={2}
      maxLength={500}
      placeholder={t('requestsHint')}
      value={draft.value.requests}
      onInput={(event) => edit({ requests: event.currentTarget.value })}
    />
  </div>
)
