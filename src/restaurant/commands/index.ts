import type { CommandType } from '../../domain/commands.ts'
import type { CommandModule } from '../command-module.ts'
import { beginEpoch } from './begin-epoch.ts'
import { markRestore } from './mark-restore.ts'
import { assignDeposit } from './assign-deposit.ts'
import { noteDeposit } from './note-deposit.ts'
import { recordRefund } from './record-refund.ts'
import { reportDeposit } from './report-deposit.ts'
import { retryRefund } from './retry-refund.ts'
import { returnDeposit } from './return-deposit.ts'
import { settleOrder } from './settle-order.ts'
import { acceptOrder } from './accept-order.ts'
import { acknowledgeOrder } from './acknowledge-order.ts'
import { cancelOrder } from './cancel-order.ts'
import { completeOrder } from './complete-order.ts'
import { importMenu } from './import-menu.ts'
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
import { adjustStock } from './adjust-stock.ts'
import { claimCoupon } from './claim-coupon.ts'
import { createCoupon } from './create-coupon.ts'
import { editCoupon } from './edit-coupon.ts'
import { createCategory } from './create-category.ts'
import { createItem } from './create-item.ts'
import { createTable } from './create-table.ts'
import { deleteCategory } from './delete-category.ts'
import { deleteItem } from './delete-item.ts'
import { deleteTable } from './delete-table.ts'
import { editCategory } from './edit-category.ts'
import { editItem } from './edit-item.ts'
import { editStockRules } from './edit-stock-rules.ts'
import { editRestaurant } from './edit-restaurant.ts'
import { endMembership } from './end-membership.ts'
import { endSession } from './end-session.ts'
import { forgetPerson } from './forget-person.ts'
import { joinVisit } from './join-visit.ts'
import { markSoldOut } from './mark-sold-out.ts'
import { markBusy } from './mark-busy.ts'
import { openTable } from './open-table.ts'
import { pauseRestaurant } from './pause-restaurant.ts'
import { resumeRestaurant } from './resume-restaurant.ts'
import { rotateTableCode } from './rotate-table-code.ts'
import { orderCategories } from './order-categories.ts'
import { orderItems } from './order-items.ts'
import { resetTable } from './reset-table.ts'
import { setItemImage } from './set-item-image.ts'
import { voidOrder } from './void-order.ts'

/** Verb → module; the compiler holds the table complete. */
export const COMMANDS: { [T in CommandType]: CommandModule<T> } = {
  initialize,
  'begin-epoch': beginEpoch,
  'mark-restore': markRestore,
  'edit-restaurant': editRestaurant,
  'pause-restaurant': pauseRestaurant,
  'resume-restaurant': resumeRestaurant,
  'mark-busy': markBusy,
  'create-table': createTable,
  'delete-table': deleteTable,
  'rotate-table-code': rotateTableCode,
  'open-table': openTable,
  'reset-table': resetTable,
  'join-visit': joinVisit,
  'end-session': endSession,
  'forget-person': forgetPerson,
  'end-membership': endMembership,
  'create-category': createCategory,
  'edit-category': editCategory,
  'delete-category': deleteCategory,
  'create-item': createItem,
  'edit-item': editItem,
  'delete-item': deleteItem,
  'mark-sold-out': markSoldOut,
  'order-categories': orderCategories,
  'order-items': orderItems,
  'set-item-image': setItemImage,
  'import-menu': importMenu,
  'adjust-stock': adjustStock,
  'edit-stock-rules': editStockRules,
  'create-coupon': createCoupon,
  'edit-coupon': editCoupon,
  'claim-coupon': claimCoupon,
  'place-order': placeOrder,
  'accept-order': acceptOrder,
  'reject-order': rejectOrder,
  'ready-order': readyOrder,
  'complete-order': completeOrder,
  'acknowledge-order': acknowledgeOrder,
  'void-order': voidOrder,
  'cancel-order': cancelOrder,
  'claim-capture': claimCapture,
  'note-webhook': noteWebhook,
  'open-payment': openPayment,
  'record-opening': recordOpening,
  'request-refund': requestRefund,
  'settle-capture': settleCapture,
  'settle-order': settleOrder,
  'record-refund': recordRefund,
  'retry-refund': retryRefund,
  'report-deposit': reportDeposit,
  'note-deposit': noteDeposit,
  'assign-deposit': assignDeposit,
  'return-deposit': returnDeposit,
}
