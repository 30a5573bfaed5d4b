import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Form, Wrong } from '../../ui/parts.tsx'
import { useKey, useTask } from '../../ui/task.ts'
import { toast } from '../../ui/toasts.tsx'
import { api } from '../state.ts'
import { kindText, measuredText, type Rule } from './kinds.ts'
import {
  DRAFT_FIELDS,
  draftOf,
  errorKey,
  errorsOf,
  wishesOf,
  type DraftField,
  type RuleDraft,
  type RuleErrors,
} from './rule-drafts.ts'
import { t } from './words.ts'

/** Every rule's thresholds; those that were changed are set together, or none. */
export function RulesForm({
  rules,
  onClose,
  onSaved,
}: {
  rules: readonly Rule[]
  onClose: () => void
  onSaved: () => void
}) {
  const [drafts, setDrafts] = useState(() => rules.map((rule) => draftOf(rule.kind, rule)))
  const [errors, setErrors] = useState<RuleErrors>(new Map())
  const { busy, trouble, run, setTrouble } = useTask()
  const keyFor = useKey()
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [])
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  const save = async () => {
    const { wishes, errors: missing } = wishesOf(drafts, rules)
    setErrors(missing)
    setTrouble(missing.size > 0 ? t('wrongRules') : wishes.length === 0 ? t('unchanged') : null)
    if (missing.size > 0 || wishes.length === 0) return
    const json = { rules: [...wishes] }
    const saved = await run(outcomeOf(api.api.v1.admin.alerts.rules.$put({ json }, keyFor(json))))
    if (saved.ok) {
      toast(t('saved'))
      onSaved()
      return
    }
    const told = errorsOf(saved.trouble.details, wishes)
    setErrors(told)
    if (told.size > 0) setTrouble(t('wrongRules'))
  }
  const change = (draft: RuleDraft) =>
    setDrafts(drafts.map((one) => (one.kind === draft.kind ? draft : one)))
  return (
    <div ref={form}>
      <Form label={t('rules')} onSubmit={() => void save()}>
        {drafts.map((draft, at) => {
          const rule = rules[at]
          return (
            rule && <RuleFields key={draft.kind} {...{ draft, rule, errors }} onChange={change} />
          )
        })}
        <Wrong text={trouble} />
        <div class="tools">
          <button type="submit" class="button button--main" disabled={busy}>
            {t('save')}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
        </div>
      </Form>
    </div>
  )
}

function RuleFields({
  draft,
  rule,
  errors,
  onChange,
}: {
  draft: RuleDraft
  rule: Rule
  errors: RuleErrors
  onChange: (draft: RuleDraft) => void
}) {
  const name = kindText(rule.kind)
  return (
    <fieldset class="card stack">
      <legend class="unseen">{name}</legend>
      <div class="row">
        <div>
          <strong aria-hidden="true">{name}</strong>
          <p class="soft">{measuredText(rule.kind)}</p>
        </div>
        <button
          type="button"
          class="button button--small"
          aria-label={t('toDefaultNamed', { name })}
          onClick={() => onChange(draftOf(rule.kind, rule.default))}
        >
          {t('toDefault')}
        </button>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.enabled}
          onChange={(event) => onChange({ ...draft, enabled: event.currentTarget.checked })}
        />
        <span>{t('ruleOn')}</span>
      </label>
      <div class="pair">
        {DRAFT_FIELDS.map((field) => (
          <Threshold
            key={field}
            label={labelOf(field, rule.unit)}
            value={draft[field]}
            error={errors.get(errorKey(rule.kind, field)) ?? null}
            onInput={(text) => onChange({ ...draft, [field]: text })}
          />
        ))}
      </div>
    </fieldset>
  )
}

const labelOf = (field: DraftField, unit: string): string =>
  field !== 'hold_seconds' && (unit === 'seconds' || unit === 'milliseconds')
    ? t('unit', { label: t(field), unit: t(unit) })
    : t(field)

const REASONS = ['required', 'too_big', 'not_below_fires_at'] as const

function Threshold({
  label,
  value,
  error,
  onInput,
}: {
  label: string
  value: string
  error: string | null
  onInput: (text: string) => void
}) {
  const id = useId()
  const known = REASONS.find((reason) => reason === error)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        autocomplete="off"
        value={value}
        aria-invalid={error !== null}
        {...(error !== null && { 'aria-describedby': `${id}-wrong` })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {error !== null && (
        <p id={`${id}-wrong`} class="field__error">
          {t(known ?? 'ruleWrong')}
        </p>
      )}
    </div>
  )
}
