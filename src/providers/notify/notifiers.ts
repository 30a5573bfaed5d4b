import type { Sink } from '../../domain/restaurant/secrets.ts'
import type { MailSender } from '../mail-port.ts'
import type { Notifier } from '../notify-port.ts'
import { createDiscordNotifier } from './discord.ts'
import { createEmailNotifier } from './email.ts'
import { createSlackNotifier } from './slack.ts'
import type { WebhookOptions } from './webhook.ts'

/** One notifier per sink. */
export const createNotifiers = ({
  mail,
  ...webhooks
}: WebhookOptions & { mail: MailSender | null }): Record<Sink, Notifier> => ({
  discord: createDiscordNotifier(webhooks),
  slack: createSlackNotifier(webhooks),
  email: createEmailNotifier(mail),
})
