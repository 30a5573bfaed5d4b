import { useState } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { Check, Choices, Field } from '../../ui/parts.tsx'
import type { Restaurant } from '../state.ts'
import { Section } from './section.tsx'
import { t } from './words.ts'

type Sinks = NonNullable<ReturnType<Parameters<typeof Section>[0]['changes']>['sinks']>

/** Left empty stays as it is; ticked is taken away. */
function sinksOf(form: FormData): Sinks {
  const given = (name: string) => textOf(form, name).trim()
  const gone = (name: string) => form.has(`no-${name}`)
  const hook = (name: 'discord' | 'slack') => {
    if (gone(name)) return { [name]: null }
    return given(name) === '' ? {} : { [name]: { webhook_url: given(name) } }
  }
  const mail = gone('email')
    ? { email: null }
    : given('email') === ''
      ? {}
      : { email: { address: given('email') } }
  return { ...hook('discord'), ...hook('slack'), ...mail }
}

/** Where the owner is told what nobody at the board has seen. What is kept is never shown again. */
export const NotificationSection = ({ now: { sinks } }: { now: Restaurant }) => {
  const kept = [
    ['discord', sinks.discord.webhook_url, 'url'],
    ['slack', sinks.slack.webhook_url, 'url'],
    ['email', sinks.email.address, 'email'],
  ] as const
  return (
    <Section
      title={t('notifications')}
      changes={(form) => ({ sinks: sinksOf(form) })}
      onSaved={(element) => element.reset()}
    >
      <p class="soft">{t('notificationsHint')}</p>
      {kept.map(([name, { configured, hint }, type]) => (
        <div key={name} class="stack">
          <Field
            name={name}
            path={`sinks.${name}`}
            label={t(name)}
            type={type}
            autocomplete="off"
            hint={configured ? t('isSet', { hint: hint ?? '' }) : t('isNotSet')}
          />
          {configured && (
            <Check name={`no-${name}`} label={t('takeAway', { what: t(name) })} checked={false} />
          )}
        </div>
      ))}
    </Section>
  )
}

const CARDS = ['discord', 'slack', 'email'] as const

/** Where a card of every order goes; left to the platform unless chosen here. */
export function CardsSection({ now: { order_cards: cards } }: { now: Restaurant }) {
  const [own, setOwn] = useState(cards !== null)
  return (
    <Section
      title={t('cards')}
      changes={(form) => ({
        order_cards: own ? CARDS.filter((one) => form.has(`card-${one}`)) : null,
      })}
    >
      <p class="soft">{t('cardsHint')}</p>
      <Choices path="" legend={t('cardsWho')}>
        <div>
          {[false, true].map((one) => (
            <label key={String(one)} class="check">
              <input type="radio" name="who" checked={own === one} onChange={() => setOwn(one)} />
              <span>{t(one ? 'cardsOwn' : 'cardsUsual')}</span>
            </label>
          ))}
        </div>
      </Choices>
      {own && (
        <Choices path="order_cards" legend={t('cardsWhere')}>
          <div class="checks">
            {CARDS.map((one) => (
              <Check
                key={one}
                name={`card-${one}`}
                path=""
                label={t(`${one}Card`)}
                checked={cards?.includes(one) ?? false}
              />
            ))}
          </div>
        </Choices>
      )}
    </Section>
  )
}
