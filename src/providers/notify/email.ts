import { errorText } from '../../domain/error-text.ts'
import type { MailSender } from '../mail-port.ts'
import type { Notifier } from '../notify-port.ts'

/** Writes to the owner's address, where the deployment has a mail gateway. */
export const createEmailNotifier = (mail: MailSender | null): Notifier => ({
  accepts: (address) => /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(address),
  async send(address, { id, title, lines }) {
    if (mail === null) return { kind: 'refused', reason: 'NO_MAIL_GATEWAY' }
    if (!this.accepts(address)) return { kind: 'refused', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    try {
      await mail.send({ id, to: address, subject: oneLine(title), text: lines.join('\n') })
      return { kind: 'sent' }
    } catch (error) {
      return { kind: 'failed', reason: errorText(error), retryAfterSeconds: null }
    }
  },
  async sendCard(address, { id, title, lines, facts }) {
    if (mail === null) return { kind: 'nobody', reason: 'NO_MAIL_GATEWAY' }
    if (!this.accepts(address))
      return { kind: 'impossible', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    const told = facts.map(({ name, value }) => `${name}: ${oneLine(value)}`)
    const text = [...told, '', ...lines].join('\n')
    try {
      await mail.send({ id, to: address, subject: oneLine(title), text })
      return { kind: 'answered', status: 202, retryAfterMs: null }
    } catch {
      // Whose fault it is the gateway's answer does not tell: it is tried again.
      return { kind: 'unanswered', reason: 'MAIL_NOT_TAKEN' }
    }
  },
})

/** A name with a line break in it must not become a header of its own. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')
