import { useEffect, useState } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { money } from '../lib/format.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { lines, priceOf, requested, setQuantity, shownTotal, type Line } from './cart.ts'
import { order, refusal } from './orders.ts'
import { OwnCoupons } from './own-coupons.tsx'
import { api, items, menu, tableId, who, type Item, type Order, type Quote } from './state.ts'
import { t, type GuestWord } from './words.ts'

type Method = Order['payment_method']

/** The cart, what it comes to, and how it is paid. */
export function Checkout({
  onClose,
  onChange,
  onSignIn,
}: {
  onClose: () => void
  onChange: (item: Item, line: Line) => void
  onSignIn: () => void
}) {
  const [code, setCode] = useState('')
  const [used, setUsed] = useState<string | null>(null)
  const quote = useQuote(used)
  const [points, setPoints] = useState(0)
  const [requests, setRequests] = useState('')
  const [payer, setPayer] = useState('')
  const methods = methodsOf(points, quote)
  const [wanted, setMethod] = useState<Method | null>(null)
  const method = wanted !== null && methods.includes(wanted) ? wanted : (methods[0] ?? null)
  const { currency, open, table_ordering_enabled: on } = menu.value.restaurant
  const total = quote?.total_amount ?? shownTotal.value
  const verdict = quote?.coupons[0] ?? null

  if (lines.value.length === 0)
    return (
      <Sheet title={t('cart')} closeLabel={t('close')} onClose={onClose}>
        <p class="empty soft">{t('cartEmpty')}</p>
      </Sheet>
    )

  const place = () => {
    if (method === null) return
    order({
      lines: lines.value,
      method,
      payerName: method === 'DEPOSIT' && payer.trim() !== '' ? payer.trim() : null,
      requests: requests.trim() === '' ? null : requests.trim(),
      couponCode: verdict?.applicable === true ? used : null,
      points: points > 0 ? points : null,
      shownTotal: total,
      menuVersion: menu.value.menu_version,
    })
    onClose()
  }

  return (
    <Sheet title={t('cart')} closeLabel={t('close')} onClose={onClose}>
      {refusal.value !== null && (
        <p class="note note--bad" role="alert">
          {refusal.value.reason === 'PRICE_CHANGED' ? t('priceChanged') : refusal.value.message}
        </p>
      )}
      <ul class="lines">
        {lines.value.map((line) => (
          <CartLine key={line.id} line={line} onChange={onChange} />
        ))}
      </ul>
      <Coupon
        code={code}
        verdict={verdict}
        currency={currency}
        onCode={setCode}
        onUse={() => setUsed(code.trim() === '' ? null : code.trim())}
      />
      <OwnCoupons
        onUse={(own) => {
          setCode(own)
          setUsed(own)
        }}
      />
      <Points points={points} most={total} onPoints={setPoints} onSignIn={onSignIn} />
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
              onChange={() => setMethod(one)}
            />
            <span>{t(one as GuestWord)}</span>
          </label>
        ))}
      </fieldset>
      {method === 'DEPOSIT' && (
        <div class="field">
          <label for="payer">{t('payerName')}</label>
          <input
            id="payer"
            maxLength={50}
            autocomplete="name"
            value={payer}
            aria-describedby="payer-hint"
            onInput={(event) => setPayer(event.currentTarget.value)}
          />
          <span id="payer-hint" class="soft">
            {t('payerHint')}
          </span>
        </div>
      )}
      <div class="field">
        <label for="requests">{t('requests')}</label>
        <textarea
          id="requests"
          rows={2}
          maxLength={500}
          placeholder={t('requestsHint')}
          value={requests}
          onInput={(event) => setRequests(event.currentTarget.value)}
        />
      </div>
      <Sums quote={quote} currency={currency} total={total} />
      <button
        type="button"
        class="button button--main button--wide"
        disabled={!open || !on || method === null}
        onClick={place}
      >
        {t('placeOrder', { sum: money(total, currency) })}
      </button>
    </Sheet>
  )
}

function Points({
  points,
  most,
  onPoints,
  onSignIn,
}: {
  points: number
  most: number
  onPoints: (points: number) => void
  onSignIn: () => void
}) {
  if (who.value === null)
    return (
      <p class="row">
        <span class="soft">{t('signInFor')}</span>
        <button type="button" class="button" onClick={onSignIn}>
          {t('signIn')}
        </button>
      </p>
    )
  const limit = Math.min(who.value.points, most)
  return (
    <div class="field">
      <label for="points">{t('points')}</label>
      <input
        id="points"
        type="number"
        inputMode="numeric"
        min="0"
        max={limit}
        value={points}
        aria-describedby="points-have"
        onInput={({ currentTarget: { valueAsNumber } }) => {
          onPoints(Math.max(0, Math.min(Math.floor(valueAsNumber) || 0, limit)))
        }}
      />
      <span id="points-have" class="soft">
        {t('pointsHave', { count: who.value.points })}
      </span>
    </div>
  )
}

/** Points that cover all of it leave nothing for another method; a part of it leaves no room for "all". */
function methodsOf(points: number, quote: Quote | null): readonly Method[] {
  const offered = menu.value.restaurant.payment_methods as Method[]
  const total = quote?.total_amount ?? shownTotal.value
  if (points > 0 && points >= total) return ['POINTS']
  return offered.filter((method) => method !== 'POINTS')
}

/** What the server makes of the cart; asked again whenever that changes. */
function useQuote(code: string | null): Quote | null {
  const [quote, setQuote] = useState<Quote | null>(null)
  const asked = JSON.stringify(requested(lines.value))
  useEffect(() => {
    let stale = false
    setQuote(null)
    if (lines.value.length === 0) return
    const wish = { table_id: tableId, items: requested(lines.value), coupon_code: code }
    const timer = setTimeout(() => {
      void outcomeOf(api().api.v1.orders.quote.$post({ json: wish })).then((outcome) => {
        if (!stale && outcome.ok) setQuote(outcome.value)
      })
    }, 150)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [asked, code])
  return quote
}

function CartLine({ line, onChange }: { line: Line; onChange: (item: Item, line: Line) => void }) {
  const item = items.value.get(line.menuId)
  if (item === undefined) return null
  const names = line.choices.flatMap(({ optionId, choiceId }) => {
    const option = item.options.find(({ id }) => id === optionId)
    return option?.choices.find(({ id }) => id === choiceId)?.name ?? []
  })
  const sum = money(priceOf(item, line.choices) * line.quantity, menu.value.restaurant.currency)
  return (
    <li class="card stack">
      <div class="row">
        <strong>{item.name}</strong>
        <span class="sum">{item.is_available ? sum : t('soldOut')}</span>
      </div>
      {names.length > 0 && <p class="soft">{names.join(' · ')}</p>}
      <div class="row">
        <Stepper
          value={line.quantity}
          min={1}
          max={item.max_per_order ?? 99}
          less={t('less', { name: item.name })}
          more={t('more', { name: item.name })}
          onChange={(quantity) => setQuantity(line.id, quantity)}
        />
        <span>
          {item.options.length > 0 && (
            <button type="button" class="button button--plain" onClick={() => onChange(item, line)}>
              {t('change')}
            </button>
          )}
          <button
            type="button"
            class="button button--plain"
            aria-label={`${item.name}: ${t('remove')}`}
            onClick={() => setQuantity(line.id, 0)}
          >
            {t('remove')}
          </button>
        </span>
      </div>
    </li>
  )
}

function Coupon({
  code,
  verdict,
  currency,
  onCode,
  onUse,
}: {
  code: string
  verdict: Quote['coupons'][number] | null
  currency: string
  onCode: (code: string) => void
  onUse: () => void
}) {
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault()
        onUse()
      }}
    >
      <label for="coupon">{t('coupon')}</label>
      <div class="row">
        <input
          id="coupon"
          maxLength={60}
          autocomplete="off"
          autocapitalize="characters"
          value={code}
          aria-invalid={verdict?.applicable === false}
          aria-describedby="coupon-said"
          onInput={(event) => onCode(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {t('useCoupon')}
        </button>
      </div>
      <p
        id="coupon-said"
        role="status"
        class={verdict?.applicable === false ? 'field__error' : 'soft'}
      >
        {verdict !== null &&
          (verdict.applicable
            ? t('couponOn', { code: verdict.code, sum: money(verdict.discount, currency) })
            : couponRefusal(verdict.reason))}
      </p>
    </form>
  )
}

const REASONS: Readonly<Record<string, GuestWord>> = {
  UNKNOWN: 'couponUnknown',
  BELOW_MIN_ORDER_AMOUNT: 'couponBelow',
  ENDED: 'couponEnded',
  NOT_STARTED: 'couponEnded',
  INACTIVE: 'couponEnded',
  EXHAUSTED: 'couponGone',
  ACCOUNT_NEEDED: 'couponAccount',
  NO_ELIGIBLE_ITEMS: 'couponItems',
  LIMIT_REACHED: 'couponLimit',
  IN_USE: 'couponLimit',
}
const couponRefusal = (reason: string | null): string => t(REASONS[reason ?? ''] ?? 'couponNot')

function Sums({
  quote,
  currency,
  total,
}: {
  quote: Quote | null
  currency: string
  total: number
}) {
  const rows: readonly [GuestWord, number][] =
    quote === null
      ? []
      : [
          ['subtotal', quote.subtotal_amount],
          ['discount', -quote.discount_amount],
          ['serviceFee', quote.service_fee_amount],
          ['packagingFee', quote.packaging_fee_amount],
        ]
  return (
    <dl class="sums" aria-live="polite">
      {rows
        .filter(([word, amount]) => word === 'subtotal' || amount !== 0)
        .map(([word, amount]) => (
          <div key={word} class="row">
            <dt>{t(word)}</dt>
            <dd class="sum">{money(amount, currency)}</dd>
          </div>
        ))}
      <div class="row sums__total">
        <dt>{t('total')}</dt>
        <dd class="sum">{money(total, currency)}</dd>
      </div>
      {quote !== null && quote.tax_amount > 0 && (
        <p class="soft">{t('taxIncluded', { sum: money(quote.tax_amount, currency) })}</p>
      )}
    </dl>
  )
}
