import type { DataPlatform } from '../data-platform-port.ts'
import { post, type PostOptions } from '../post.ts'

/** Posts orders' lines to the data platform. */
export const createDataPlatform = (
  options: PostOptions & { url: string; key: string },
): DataPlatform => ({
  send: (id, lines, traceparent) =>
    post(options, {
      url: options.url,
      headers: {
        authorization: `Bearer ${options.key}`,
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(traceparent !== null && { traceparent }),
      },
      body: JSON.stringify(lines),
    }),
})
