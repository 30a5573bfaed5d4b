import type { SandboxPayment } from './payment.ts'

const KST_OFFSET_MS = 9 * 3_600_000

/** `2026-11-20T12:30:00+09:00`, as in the Payment object. */
export const kst = (ms: number): string =>
  `${new Date(ms + KST_OFFSET_MS).toISOString().slice(0, 19)}+09:00`

/** `2026-11-20T12:30:00.123000`: a webhook's own time has no offset and six digits of fraction. */
export const kstWithoutOffset = (ms: number): string =>
  `${new Date(ms + KST_OFFSET_MS).toISOString().slice(0, 23)}000`

const taxOf = (amount: number) => {
  const vat = amount - Math.round(amount / 1.1)
  return { suppliedAmount: amount - vat, vat }
}

const card = (amount: number) => ({
  issuerCode: '61',
  acquirerCode: '31',
  number: '12345678****789*',
  installmentPlanMonths: 0,
  isInterestFree: false,
  interestPayer: null,
  approveNo: '00000000',
  useCardPoint: false,
  cardType: '신용',
  ownerType: '개인',
  acquireStatus: 'READY',
  amount,
})

/** The Payment object with its documented keys (API version 2022-11-16). */
export function paymentView(payment: SandboxPayment, checkoutUrl: string) {
  const approved = payment.approvedAt !== null
  return {
    mId: 'tosspayments',
    lastTransactionKey: payment.lastTransactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    orderName: payment.orderName,
    taxExemptionAmount: 0,
    status: payment.status,
    requestedAt: kst(payment.requestedAt),
    approvedAt: payment.approvedAt === null ? null : kst(payment.approvedAt),
    useEscrow: false,
    cultureExpense: false,
    card: approved && payment.method === 'CARD' ? card(payment.totalAmount) : null,
    virtualAccount: accountView(payment),
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: payment.cancels.length === 0 ? null : payment.cancels.map(cancelView),
    secret: payment.secret ?? null,
    type: 'NORMAL',
    easyPay: null,
    country: 'KR',
    failure: payment.failure,
    isPartialCancelable: payment.partialCancelable,
    receipt: approved ? { url: `${checkoutUrl}?receipt` } : null,
    checkout: { url: checkoutUrl },
    currency: payment.currency,
    totalAmount: payment.totalAmount,
    balanceAmount: payment.balanceAmount,
    ...taxOf(payment.balanceAmount),
    taxFreeAmount: 0,
    metadata: null,
    method: approved || payment.authenticatedAt !== null ? METHOD_NAMES[payment.method] : null,
    version: '2022-11-16',
  }
}

export type PaymentView = ReturnType<typeof paymentView>

const METHOD_NAMES = { CARD: '카드', VIRTUAL_ACCOUNT: '가상계좌' } as const

const accountView = ({ virtualAccount, status }: SandboxPayment) =>
  virtualAccount && {
    accountType: '일반',
    accountNumber: virtualAccount.accountNumber,
    bankCode: virtualAccount.bankCode,
    customerName: virtualAccount.customerName,
    dueDate: kst(virtualAccount.dueAt),
    expired: status === 'EXPIRED',
    settlementStatus: 'INCOMPLETED',
    refundStatus: virtualAccount.refundStatus,
    refundReceiveAccount: null,
  }

const cancelView = (cancel: SandboxPayment['cancels'][number]) => ({
  transactionKey: cancel.transactionKey,
  cancelReason: cancel.cancelReason,
  taxExemptionAmount: 0,
  canceledAt: kst(cancel.canceledAt),
  easyPayDiscountAmount: 0,
  receiptKey: null,
  cancelAmount: cancel.cancelAmount,
  taxFreeAmount: 0,
  refundableAmount: cancel.refundableAmount,
  cancelStatus: 'DONE',
  cancelRequestId: null,
})
