import type { CommandType } from '../../domain/commands.ts'
import type { CommandModule } from '../command-module.ts'
import { acceptOrder } from './accept-order.ts'
import { acknowledgeOrder } from './acknowledge-order.ts'
import { cancelOrder } from './cancel-order.ts'
import { completeOrder } from './complete-order.ts'
import { initialize } from './initialize.ts'
import { placeOrder } from './place-order.ts'
import { readyOrder } from './ready-order.ts'
import { rejectOrder } from './reject-order.ts'
import { claimCapture } from './claim-capture.ts'
import { noteWebhook } from './note-webhook.ts'
import { openPayment } from './open-payment.ts'
import { recordOpening } from './record-opening.ts'
import { requestRefund } from './request-refund.ts'
import { settleCapture } from './settle-capture.ts'

/** Verb → module; the compiler holds the table complete. */
export const COMMANDS: { [T in CommandType]: CommandModule<T> } = {
  initialize,
  'place-order': placeOrder,
  'accept-order': acceptOrder,
  'reject-order': rejectOrder,
  'ready-order': readyOrder,
  'complete-order': completeOrder,
  'acknowledge-order': acknowledgeOrder,
  'cancel-order': cancelOrder,
  'claim-capture': claimCapture,
  'note-webhook': noteWebhook,
  'open-payment': openPayment,
  'record-opening': recordOpening,
  'request-refund': requestRefund,
  'settle-capture': settleCapture,
}
