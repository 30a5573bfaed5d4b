import { useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { me } from '../state.ts'
import { DecideSheet, type Verb } from './decide-sheet.tsx'
import { ProposeSheet } from './propose-sheet.tsx'
import { standingOf } from './proposal.ts'
import { valueText, whoText } from './texts.ts'
import type { Change, Setting } from './types.ts'
import { meaningText, nameText, t } from './words.ts'

/** A setting as it is, who made it so, and what is proposed for it. */
export function SettingRow({ setting, onChanged }: { setting: Setting; onChanged: () => void }) {
  const { name, value, changed, open_change: open } = setting
  const [proposing, setProposing] = useState(false)
  const waits = open?.state === 'PROPOSED'
  return (
    <li class="line">
      <div class="line__what">
        <h3 class="plain">
          {nameText(name)}: {valueText(setting, value)}
        </h3>
        <p>{meaningText(name)}</p>
        <p class="soft">
          {changed === null
            ? t('byDefault')
            : `${t('changedBy', {
                at: momentText(changed.at),
                who: whoText(changed.proposed_by),
                by: whoText(changed.approved_by),
              })} · ${t('defaultIs', { value: valueText(setting, setting.default) })}`}
        </p>
      </div>
      {!waits && (
        <button
          type="button"
          class="button button--small"
          aria-label={t('proposeNamed', { name: nameText(name) })}
          onClick={() => setProposing(true)}
        >
          {t('propose')}
        </button>
      )}
      {open !== null && <Proposal {...{ setting, change: open, onChanged }} />}
      {proposing && (
        <ProposeSheet setting={setting} onClose={() => setProposing(false)} onChanged={onChanged} />
      )}
    </li>
  )
}

function Proposal({
  setting,
  change,
  onChanged,
}: {
  setting: Setting
  change: Change
  onChanged: () => void
}) {
  const [verb, setVerb] = useState<Verb | null>(null)
  const { id = '' } = me.value ?? {}
  const standing = standingOf(change, { id, settingVersion: setting.version, now: Date.now() })
  const mine = change.proposed_by === id
  const name = nameText(setting.name)
  return (
    <div class="note stack proposal">
      <p>
        <strong>{t(standing === 'EXPIRED' ? 'EXPIRED' : 'openProposal')}</strong> ·{' '}
        {t('fromTo', {
          from: valueText(setting, change.from),
          to: valueText(setting, change.to),
        })}
      </p>
      <p>“{change.reason}”</p>
      <p class="soft">
        {t('proposedBy', { who: whoText(change.proposed_by), at: momentText(change.proposed_at) })}{' '}
        {standing !== 'EXPIRED' && `· ${t('until', { at: momentText(change.expires_at) })}`}
      </p>
      {standing === 'EXPIRED' && <p>{t('expiredHint')}</p>}
      {standing === 'stale' && <p>{t(mine ? 'ownStale' : 'stale')}</p>}
      {standing === 'own' && <p>{t('own')}</p>}
      {!mine && (standing === 'decide' || standing === 'stale') && (
        <div class="tools">
          {standing === 'decide' && (
            <button
              type="button"
              class="button button--main"
              aria-label={t('approveNamed', { name })}
              onClick={() => setVerb('approve')}
            >
              {t('approve')}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-label={t('rejectNamed', { name })}
            onClick={() => setVerb('reject')}
          >
            {t('reject')}
          </button>
        </div>
      )}
      {verb !== null && (
        <DecideSheet {...{ setting, change, verb, onChanged }} onClose={() => setVerb(null)} />
      )}
    </div>
  )
}
