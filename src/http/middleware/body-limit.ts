import type { Context } from 'hono'
import { bodyLimit as limited } from 'hono/body-limit'
import { MAX_IMAGE_BYTES } from '../../domain/menu/image/recognise.ts'
import type { AppEnv } from '../context.ts'
import { answerError } from '../errors.ts'
import type { Step } from '../step.ts'

const MAX_IMPORT_BYTES = 5 * 1024 * 1024

/** What takes more than the setting, by the path under the API's root. */
const LARGER: readonly (readonly [RegExp, number])[] = [
  [/\/restaurants\/me\/items\/[^/]+\/image$/, MAX_IMAGE_BYTES],
  [/\/restaurants\/me\/menu\/import$/, MAX_IMPORT_BYTES],
]

/** Refuses bodies above the limit, by their declared length or, when streamed, as they come. */
export const bodyLimit: Step = (c) => {
  const { path } = c.req
  const maxSize = LARGER.find(([pattern]) => pattern.test(path))?.[1] ?? c.env.maxBodyBytes
  const declared = c.req.header('content-length')
  if (declared !== undefined && c.req.header('transfer-encoding') === undefined)
    return Number.parseInt(declared, 10) > maxSize ? tooLarge(c) : null
  return c.req.raw.body === null ? null : limitStream(c, maxSize)
}

const limitStream = async (c: Context<AppEnv, string>, maxSize: number): Promise<Response | null> =>
  (await limited({ maxSize, onError: () => tooLarge(c) })(c, onward)) ?? null

const tooLarge = (c: Context<AppEnv>): Response =>
  answerError(c, { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'PAYLOAD_TOO_LARGE' })

/** The library's middleware goes on by a call; here the next step follows by itself. */
const onward = (): Promise<void> => Promise.resolve()
