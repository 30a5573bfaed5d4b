import { useState } from 'preact/hooks'
import { amountOf, stepOf, typedAmount } from '../../lib/format.ts'
import { numberOf, textOf } from '../../lib/form.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { fieldText, instantOfField } from '../../lib/zoned.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Check, Field, Form, Wrong } from '../../ui/parts.tsx'
import { api, currency, timezone } from '../state.ts'
import { useKey, useTask } from '../../ui/task.ts'
import { t as office } from '../words.ts'
import type { Coupon } from './coupons-view.tsx'
import { isEmpty, scopeJson, scopeOf } from './scope.ts'
import { ScopeField } from './scope-field.tsx'
import { t } from './words.ts'

type Kind = Coupon['kind']

function termsOf(form: FormData, kind: Kind, was: Coupon | null) {
  const amount = (name: string): number | null => {
    const typed = numberOf(form, name)
    return typed === null ? null : amountOf(typed, currency.value)
  }
  const moment = (name: 'starts_at' | 'ends_at') =>
    instantOfField(textOf(form, name), timezone.value, was?.[name])
  return {
    kind,
    value: (kind === 'PERCENT' ? numberOf(form, 'value') : amount('value')) ?? 0,
    max_discount: kind === 'PERCENT' ? amount('max_discount') : null,
    min_order_amount: amount('min_order_amount') ?? 0,
    starts_at: moment('starts_at'),
    ends_at: moment('ends_at'),
    total_quantity: numberOf(form, 'total_quantity') ?? 0,
    per_user_limit: numberOf(form, 'per_user_limit') ?? 1,
    stackable: form.has('stackable'),
    for_guests: form.has('for_guests'),
    listed: form.has('listed'),
    active: form.has('active'),
  }
}

/** Makes a coupon, or gives one other terms. */
export function CouponSheet({
  coupon,
  onClose,
  onSaved,
}: {
  coupon: Coupon | null
  onClose: () => void
  onSaved: (saved: Coupon) => void
}) {
  const [kind, setKind] = useState<Kind>(coupon?.kind ?? 'PERCENT')
  const [scope, setScope] = useState(() => scopeOf(coupon))
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const save = async (form: FormData) => {
    if (isEmpty(scope)) {
      setTrouble(t('chooseSome'))
      return
    }
    const terms = { ...termsOf(form, kind, coupon), ...scopeJson(scope) }
    const { coupons } = api.api.v1.admin
    const json = { code: textOf(form, 'code').trim(), ...terms }
    const saved = await run(
      coupon === null
        ? outcomeOf(coupons.$post({ json }, keyFor(json)))
        : outcomeOf(
            coupons[':id'].$patch({ param: { id: coupon.id }, json: terms }, keyFor(terms)),
          ),
    )
    if (!saved.ok) return
    onSaved(saved.value)
    toast(office('saved'))
    onClose()
  }
  return (
    <Sheet
      title={coupon === null ? t('newCoupon') : t('editNamed', { code: coupon.code })}
      closeLabel={office('close')}
      onClose={onClose}
      firm
    >
      <Form onSubmit={(form) => void save(form)}>
        {coupon === null && (
          <Field name="code" label={t('code')} hint={t('codeHint')} required maxLength={40} />
        )}
        <fieldset class="pair">
          <legend class="unseen">{t('kind')}</legend>
          {(['PERCENT', 'FIXED'] as const).map((one) => (
            <label key={one} class="check">
              <input
                type="radio"
                name="kind"
                checked={kind === one}
                onChange={() => setKind(one)}
              />
              <span>{t(one)}</span>
            </label>
          ))}
        </fieldset>
        <Terms key={kind} coupon={coupon} kind={kind} />
        <ScopeField scope={scope} onChange={setScope} />
        <div>
          <Check name="active" label={t('active')} checked={coupon?.active ?? true} />
          <Check name="listed" label={t('listed')} checked={coupon?.listed ?? true} />
          <Check name="for_guests" label={t('forGuests')} checked={coupon?.for_guests ?? false} />
          <Check name="stackable" label={t('stackable')} checked={coupon?.stackable ?? false} />
        </div>
        <Wrong text={trouble} />
        <button type="submit" class="button button--main button--wide" disabled={busy}>
          {office('save')}
        </button>
      </Form>
    </Sheet>
  )
}

function Terms({ coupon, kind }: { coupon: Coupon | null; kind: Kind }) {
  const typed = (amount: number | null | undefined) =>
    amount == null ? null : typedAmount(amount, currency.value)
  const step = stepOf(currency.value)
  const value = coupon?.kind === kind ? coupon.value : null
  return (
    <div class="pair">
      {kind === 'PERCENT' ? (
        <Field
          name="value"
          label={t('percent')}
          type="number"
          required
          min={1}
          max={100}
          value={value}
        />
      ) : (
        <Field
          name="value"
          label={t('amount', { currency: currency.value })}
          type="number"
          required
          min={step}
          step={step}
          value={typed(value)}
        />
      )}
      {kind === 'PERCENT' && (
        <Field
          name="max_discount"
          label={t('most', { currency: currency.value })}
          hint={t('mostHint')}
          type="number"
          min={step}
          step={step}
          value={typed(coupon?.max_discount)}
        />
      )}
      <Field
        name="min_order_amount"
        label={t('least', { currency: currency.value })}
        type="number"
        min={0}
        step={step}
        value={typed(coupon?.min_order_amount ?? 0)}
      />
      <Field
        name="total_quantity"
        label={t('total')}
        type="number"
        required
        min={Math.max(1, coupon?.claimed ?? 1)}
        max={1_000_000}
        value={coupon?.total_quantity ?? 100}
      />
      <Field
        name="per_user_limit"
        label={t('each')}
        type="number"
        required
        min={1}
        max={1_000}
        value={coupon?.per_user_limit ?? 1}
      />
      <Field
        name="starts_at"
        label={t('starts')}
        hint={t('startsHint', { zone: timezone.value })}
        type="datetime-local"
        value={fieldText(coupon?.starts_at ?? null, timezone.value)}
      />
      <Field
        name="ends_at"
        label={t('ends')}
        hint={t('endsHint', { zone: timezone.value })}
        type="datetime-local"
        value={fieldText(coupon?.ends_at ?? null, timezone.value)}
      />
    </div>
  )
}
