import { keepDeadLetter, type DeadLetterDeps } from '../../usecases/admin/keep-dead-letter.ts'
import { parseQueueMessage } from '../messages.ts'

/** Keeps a message that the job queue gave up, so that people see it and can have it sent again. */
export const handleDeadLetter = (
  deps: DeadLetterDeps,
  message: Pick<Message, 'id' | 'timestamp' | 'body'>,
): Promise<void> =>
  keepDeadLetter(deps, {
    messageId: message.id,
    firstSeenAt: message.timestamp.getTime(),
    body: message.body,
    errorKind: parseQueueMessage(message.body) === null ? 'MALFORMED' : 'EXHAUSTED',
  })
