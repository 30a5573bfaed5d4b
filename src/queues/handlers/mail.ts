import { mailResetLink, type MailResetDeps } from '../../usecases/identity/mail-reset-link.ts'
import type { QueueMessage } from '../messages.ts'

export const handleMail = (
  deps: MailResetDeps,
  { resetId, origin, locale }: Extract<QueueMessage, { kind: 'mail' }>,
): Promise<void> => mailResetLink(deps, { resetId, origin, locale })
