import type { Notifier } from '../notify-port.ts'
import { fitLines } from './fit.ts'
import { isWebhookOf, postCard, postWebhook, type Service, type WebhookOptions } from './webhook.ts'

const SLACK: Service = { hosts: ['hooks.slack.com'], path: /^\/services\/[\w/]+$/ }
/** A text object of Slack's may have 3,000 characters. */
const MAX_TEXT_CHARS = 2_900

/** Posts to an incoming webhook as plain text. */
export const createSlackNotifier = (options: WebhookOptions): Notifier => ({
  accepts: (address) => isWebhookOf(SLACK, address, options.localOrigin),
  async send(address, { title, lines }) {
    if (!this.accepts(address)) return { kind: 'refused', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    const text = [title, ...lines].map(plain).join('\n').slice(0, MAX_TEXT_CHARS)
    return postWebhook(options, address, { text, mrkdwn: false, link_names: false })
  },
  async sendCard(address, { title, lines, facts }) {
    if (!this.accepts(address))
      return { kind: 'impossible', reason: 'NOT_AN_ADDRESS_OF_THE_SERVICE' }
    const head = [title, facts.map(({ name, value }) => `${name}: ${value}`).join(' · ')]
    const text = fitLines([...head, ...lines].map(plain), MAX_TEXT_CHARS)
    return postCard(options, address, { text, mrkdwn: false, link_names: false })
  },
})

/** Slack's mentions and links are written in angle brackets; escaped they are text. */
const plain = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
