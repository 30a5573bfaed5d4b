import { pushUrlProblem } from '../../domain/outgoing/push-url.ts'
import { post, type PostOptions } from '../post.ts'
import type { PushSender } from '../push-port.ts'
import { signedHeaders } from './sign.ts'

export interface PushOptions extends PostOptions {
  /** Development: the origin that plays partners. */
  localOrigin?: string | undefined
}

/** Pushes events to partners' endpoints. */
export const createPushSender = (options: PushOptions): PushSender => ({
  problemOf: (url) => pushUrlProblem(url, options.localOrigin),
  async send({ id, url, secrets, body, traceparent = null }) {
    // Asked again: the rules may have become stricter since the address was entered.
    if (this.problemOf(url) !== null) return { kind: 'impossible', reason: 'URL_NOT_ALLOWED' }
    const headers = {
      ...(await signedHeaders(secrets, { id, body }, options.now())),
      'content-type': 'application/json',
      'user-agent': 'OrderSync-Webhooks/1',
      ...(traceparent !== null && { traceparent }),
    }
    return post(options, { url, headers, body })
  },
})
