import type { OrderCard } from '../../domain/outgoing/cards.ts'
import type { Notice, Notifier } from '../notify-port.ts'
import { clip, fitLines } from './fit.ts'
import { isWebhookOf, postCard, postWebhook, type Service, type WebhookOptions } from './webhook.ts'

const DISCORD: Service = {
  hosts: ['discord.com', 'discordapp.com'],
  path: /^\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/,
}
/** A message of Discord's may have 2,000 characters (discord.com/developers/docs/resources/webhook). */
const MAX_CONTENT_CHARS = 1_900
/** Limits of an embed, whose whole may have 6,000 (discord.com/developers/docs/resources/message). */
const MAX_TITLE_CHARS = 256
const MAX_DESCRIPTION_CHARS = 3_500
const MAX_VALUE_CHARS = 500

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
  async sendCard(address, card) {
    if (!this.accepts(address))
      return { kind: 'impossible', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    const body = { embeds: [embedOf(card)], allowed_mentions: { parse: [] } }
    return postCard({ ...options, secondsIn: retryAfterIn }, address, body)
  },
})

const embedOf = ({ title, lines, facts, at }: OrderCard) => ({
  title: clip(plain(title), MAX_TITLE_CHARS),
  description: fitLines(lines.map(plain), MAX_DESCRIPTION_CHARS),
  fields: facts.map(({ name, value }) => ({
    name,
    value: clip(plain(value), MAX_VALUE_CHARS),
    inline: true,
  })),
  timestamp: new Date(at).toISOString(),
})

/** `{"retry_after": 0.65}` (discord.com/developers/docs/topics/rate-limits). */
function retryAfterIn(body: string): number | null {
  const found = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(body)?.[1]
  return found === undefined ? null : Number(found)
}

const contentOf = ({ title, lines }: Notice): string =>
  [`**${plain(title)}**`, ...lines.map(plain)].join('\n').slice(0, MAX_CONTENT_CHARS)

/** Marks that Discord would format by, or take for mentions and links, are escaped. */
const plain = (text: string): string => text.replace(/[\\*_~`|>#<@:[\]()\-]/g, '\\$&')
