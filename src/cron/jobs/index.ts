import type { CronJob } from '../cron-job.ts'
import type { CronJobName } from '../schedule.ts'
import { deliverDueJob } from './deliver-due.ts'
import { evaluateAlertsJob } from './evaluate-alerts.ts'
import { expireSettingChangesJob } from './expire-setting-changes.ts'
import { finishCheckoutsJob } from './finish-checkouts.ts'
import { finishEpochsJob } from './finish-epochs.ts'
import { finishErasuresJob } from './finish-erasures.ts'
import { finishUnfinishedRestaurantsJob } from './finish-unfinished-restaurants.ts'
import { lookIntoAgendasJob } from './look-into-agendas.ts'
import { nudgeProjectionsJob } from './nudge-projections.ts'
import { pushMembershipChangesJob } from './push-membership-changes.ts'
import { pushPendingRevocationsJob } from './push-pending-revocations.ts'
import { reconcileChangesJob } from './reconcile-changes.ts'
import { reconcileEverythingJob } from './reconcile-everything.ts'
import { reconcileJob } from './reconcile.ts'
import { resumeRebuildsJob } from './resume-rebuilds.ts'
import { sendAlertsJob } from './send-alerts.ts'
import { settleCouponCodesJob } from './settle-coupon-codes.ts'
import { settleRefundRequestsJob } from './settle-refund-requests.ts'
import { settleWalletsJob } from './settle-wallets.ts'
import { sumHoursJob } from './sum-hours.ts'
import { sweepAlertsJob } from './sweep-alerts.ts'
import { sweepCartsJob } from './sweep-carts.ts'
import { sweepDeadLettersJob } from './sweep-dead-letters.ts'
import { sweepDeliveriesJob } from './sweep-deliveries.ts'
import { sweepFeedJob } from './sweep-feed.ts'
import { sweepReconciliationsJob } from './sweep-reconciliations.ts'
import { sweepSessionsJob } from './sweep-sessions.ts'
import { sweepSupportActivityJob } from './sweep-support-activity.ts'

/** Name → job; the compiler holds the table complete. */
export const CRON_JOBS: Record<CronJobName, CronJob> = {
  'finish-unfinished-restaurants': finishUnfinishedRestaurantsJob,
  'push-pending-revocations': pushPendingRevocationsJob,
  'push-membership-changes': pushMembershipChangesJob,
  'nudge-projections': nudgeProjectionsJob,
  'look-into-agendas': lookIntoAgendasJob,
  'resume-rebuilds': resumeRebuildsJob,
  'finish-epochs': finishEpochsJob,
  'finish-erasures': finishErasuresJob,
  'settle-wallets': settleWalletsJob,
  'settle-coupon-codes': settleCouponCodesJob,
  'finish-checkouts': finishCheckoutsJob,
  'settle-refund-requests': settleRefundRequestsJob,
  reconcile: reconcileJob,
  'reconcile-changes': reconcileChangesJob,
  'expire-setting-changes': expireSettingChangesJob,
  'deliver-due': deliverDueJob,
  'sum-hours': sumHoursJob,
  'evaluate-alerts': evaluateAlertsJob,
  'send-alerts': sendAlertsJob,
  'sweep-sessions': sweepSessionsJob,
  'sweep-carts': sweepCartsJob,
  'sweep-dead-letters': sweepDeadLettersJob,
  'sweep-feed': sweepFeedJob,
  'sweep-reconciliations': sweepReconciliationsJob,
  'sweep-deliveries': sweepDeliveriesJob,
  'sweep-support-activity': sweepSupportActivityJob,
  'sweep-alerts': sweepAlertsJob,
  'reconcile-everything': reconcileEverythingJob,
}
