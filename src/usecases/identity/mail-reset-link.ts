import type { Deps } from '../deps.ts'
import { digestOf, resetTokenOf } from './refresh-secret.ts'

export type MailResetDeps = Pick<Deps, 'passwordChanges' | 'mail' | 'settings' | 'now'>

export interface ResetMail {
  resetId: string
  origin: string
  locale: 'ko' | 'en'
}

const WORDS = {
  ko: {
    subject: '비밀번호 재설정',
    text: (link: string) =>
      `아래 주소에서 새 비밀번호를 정해 주세요. 30분 동안 한 번만 쓸 수 있습니다.\n\n${link}\n\n` +
      '요청하신 적이 없다면 이 메일은 무시하셔도 됩니다. 비밀번호는 바뀌지 않습니다.\n',
  },
  en: {
    subject: 'Choose a new password',
    text: (link: string) =>
      `Choose a new password here. The link works once, within 30 minutes.\n\n${link}\n\n` +
      'If you did not ask for it, ignore this message: your password stays as it is.\n',
  },
} as const

/** Writes to whom the link belongs to; to nobody when it was replaced or used, or is of no account. */
export async function mailResetLink(
  deps: MailResetDeps,
  { resetId, origin, locale }: ResetMail,
): Promise<void> {
  const token = await resetTokenOf(deps.settings.linkSecret, resetId)
  const link = await deps.passwordChanges.linkByDigest(await digestOf(token))
  if (link === null || link.expiresAt <= deps.now()) return
  if (deps.mail === null) throw new Error('no mail gateway is set up')
  const { subject, text } = WORDS[locale]
  await deps.mail.send({
    id: resetId,
    to: link.user.email,
    subject,
    // Behind `#`: browsers send it nowhere, so that no log and no referrer has it.
    text: text(`${origin}/password/reset#${token}`),
  })
}
