import type { RefundRequest, SupportOrder } from './types.ts'
import { t } from './words.ts'

type Tone = 'good' | 'bad' | null

const TONE_OF_ORDER: Partial<Record<SupportOrder['status'], Tone>> = {
  COMPLETED: 'good',
  REJECTED: 'bad',
  CANCELLED: 'bad',
  EXPIRED: 'bad',
}
const TONE_OF_MONEY: Partial<Record<SupportOrder['payment_status'], Tone>> = {
  PAID: 'good',
  REFUND_DUE: 'bad',
}
const TONE_OF_REQUEST: Partial<Record<RefundRequest['state'], Tone>> = {
  DONE: 'good',
  FAILED: 'bad',
  REFUSED: 'bad',
}

const Badge = ({ tone, text }: { tone: Tone | undefined; text: string }) => (
  <span class={tone == null ? 'badge' : `badge badge--${tone}`}>{text}</span>
)

export const StatusBadge = ({ status }: Pick<SupportOrder, 'status'>) => (
  <Badge tone={TONE_OF_ORDER[status]} text={t(status)} />
)
export const PaidBadge = ({ paid }: { paid: SupportOrder['payment_status'] }) => (
  <Badge tone={TONE_OF_MONEY[paid]} text={t(`pay_${paid}`)} />
)

export const OrderBadges = ({
  order: { status, payment_status: paid },
}: {
  order: Pick<SupportOrder, 'status' | 'payment_status'>
}) => (
  <>
    <StatusBadge status={status} /> <PaidBadge paid={paid} />
  </>
)

export const RequestBadge = ({ state }: { state: RefundRequest['state'] }) => (
  <Badge tone={TONE_OF_REQUEST[state]} text={t(`request_${state}`)} />
)
