import type { Notice, Notifier } from '../notify-port.ts'
import { isWebhookOf, postWebhook, type Service, type WebhookOptions } from './webhook.ts'

const DISCORD: Service = {
  hosts: ['discord.com', 'discordapp.com'],
  path: /^\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/,
}
/** A message of Discord's may have 2,000 characters (discord.com/developers/docs/resources/webhook). */
const MAX_CONTENT_CHARS = 1_900

/** Posts to a channel's webhook. Nobody is mentioned, whatever a restaurant or a table is called. */
export const createDiscordNotifier = (options: WebhookOptions): Notifier => ({
  accepts: (address) => isWebhookOf(DISCORD, address, options.localOrigin),
  async send(address, notice) {
    if (!this.accepts(address)) return { kind: 'refused', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    return postWebhook(options, address, {
      content: contentOf(notice),
      allowed_mentions: { parse: [] },
    })
  },
})

const contentOf = ({ title, lines }: Notice): string =>
  [`**${plain(title)}**`, ...lines.map(plain)].join('\n').slice(0, MAX_CONTENT_CHARS)

/** Marks that Discord would format by, or take for mentions and links, are escaped. */
const plain = (text: string): string => text.replace(/[\\*_~`|>#<@:[\]()\-]/g, '\\$&')
