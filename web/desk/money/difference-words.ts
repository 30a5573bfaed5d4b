import { reader } from '../../lib/i18n.ts'
import type { Difference } from '../administration/types.ts'

type Kind = Difference['kind']
type Words = Record<Kind | `${Kind}_do`, string>

const ko: Words = {
  TOTAL_AMOUNT: '주문 금액이 메뉴의 합과 달라요',
  TOTAL_AMOUNT_do: '프로그램 오류예요. 손님이 본 금액이 맞아요.',
  CAPTURED_AMOUNT: '받은 돈의 합이 달라요',
  CAPTURED_AMOUNT_do: '프로그램 오류예요. 결제 내역이 맞고, 다음 결제나 환불 때 바로잡혀요.',
  REFUNDED_AMOUNT: '돌려준 돈의 합이 달라요',
  REFUNDED_AMOUNT_do: '프로그램 오류예요. 결제 내역이 맞고, 다음 결제나 환불 때 바로잡혀요.',
  REFUND_DUE_AMOUNT: '돌려줄 돈의 합이 달라요',
  REFUND_DUE_AMOUNT_do: '프로그램 오류예요. 결제 내역이 맞고, 다음 결제나 환불 때 바로잡혀요.',
  PAYMENT_STATUS: '결제 상태가 금액과 맞지 않아요',
  PAYMENT_STATUS_do: '프로그램 오류예요. 주방에 알맞게 알려졌는지 확인해 주세요.',
  KEPT_TOO_MUCH: '주문 금액보다 많이 받아 두었어요',
  KEPT_TOO_MUCH_do: '많이 받은 만큼 환불해 주세요.',
  KEPT_FOR_NOTHING: '끝난 주문이나 두 번 온 결제의 돈을 가지고 있어요',
  KEPT_FOR_NOTHING_do: '환불하고, 왜 저절로 되지 않았는지 알아봐 주세요.',
  REFUND_NOT_BOOKED: '끝난 환불이 결제에 적히지 않았어요',
  REFUND_NOT_BOOKED_do: '결제사의 장부와 비교해 주세요.',
  REFUND_NOT_NAMED: '환불 내역보다 많이 돌아갔어요',
  REFUND_NOT_NAMED_do: '결제사 화면에서 돌려준 것인지 비교해 주세요.',
  PAID_BACK_TOO_MUCH: '받은 돈보다 많이 돌려주었어요',
  PAID_BACK_TOO_MUCH_do: '두 곳에서 돌려준 돈이에요. 손님과 정리해 주세요. 기록은 남아요.',
  PAYMENT_STUCK: '결제가 기한을 두 시간 넘겨 열려 있어요',
  PAYMENT_STUCK_do: '주문을 열어 보면 매장이 다시 확인해요. 결제사가 답하는지 봐 주세요.',
  CAPTURE_STUCK: '결제사의 답을 두 시간째 몰라요',
  CAPTURE_STUCK_do: '결제사 화면에서 결제 번호로 찾아 주세요. 주문은 그동안 기다려요.',
  REFUND_STUCK: '환불이 너무 오래 걸려요',
  REFUND_STUCK_do: '결제사 화면에서 찾아 주세요.',
  REFUND_DUE_LONG: '사람이 돌려줄 돈이 사흘 넘게 남아 있어요',
  REFUND_DUE_LONG_do: '돌려주고 적거나, 사장님이 다시 시도하게 해 주세요.',
  DISPUTED: '은행이나 손님이 결제에 이의를 냈어요',
  DISPUTED_do: '결제사 화면에서 기한 안에 답해 주세요.',
  LEDGER_DEBIT: '포인트 사용이 결제와 맞지 않아요',
  LEDGER_DEBIT_do: '손님에게 보이는 포인트 내역이 맞아요. 환불하거나 빠진 사용을 찾아 주세요.',
  LEDGER_CREDIT: '돌아간 포인트가 환불과 달라요',
  LEDGER_CREDIT_do: '손님에게 보이는 포인트 내역이 맞아요. 주문의 환불과 비교해 주세요.',
  LEDGER_STRAY: '매장이 모르는 결제에 포인트가 쓰였어요',
  LEDGER_STRAY_do: '매장 데이터가 되돌려졌거나 누가 장부를 직접 고쳤어요.',
  WALLET_BALANCE: '지갑이 내역의 합과 달라요',
  WALLET_BALANCE_do: '누가 데이터베이스를 직접 고쳤어요. 내역이 맞아요.',
  WALLET_CHARGES: '산 포인트가 장부와 달라요',
  WALLET_CHARGES_do:
    '충전 기록과 내역을 비교해 주세요. 결제사 화면에서 돌려준 충전이면 그대로 두세요.',
  WALLET_PAYOUTS: '돈으로 바꾼 포인트가 장부와 달라요',
  WALLET_PAYOUTS_do: '포인트 환불 기록과 내역을 비교해 주세요.',
}

const BUG = 'A bug: the payments are right, and the next payment or refund sets the sum anew.'

const en: Words = {
  TOTAL_AMOUNT: 'An order’s total is not the sum of its lines',
  TOTAL_AMOUNT_do: 'A bug. What the guest was shown counts.',
  CAPTURED_AMOUNT: 'The sum paid in is not that of the payments',
  CAPTURED_AMOUNT_do: BUG,
  REFUNDED_AMOUNT: 'The sum paid back is not that of the refunds',
  REFUNDED_AMOUNT_do: BUG,
  REFUND_DUE_AMOUNT: 'The sum due is not that of the refunds',
  REFUND_DUE_AMOUNT_do: BUG,
  PAYMENT_STATUS: 'The payment’s state does not follow from the sums',
  PAYMENT_STATUS_do: 'A bug. Look whether the kitchen was told the right thing.',
  KEPT_TOO_MUCH: 'More is kept than the order costs',
  KEPT_TOO_MUCH_do: 'Refund what is too much.',
  KEPT_FOR_NOTHING: 'Money of an order that is over, or that came twice, is kept',
  KEPT_FOR_NOTHING_do: 'Refund it; then find out why nothing did.',
  REFUND_NOT_BOOKED: 'Refunds are done that the payment does not know of',
  REFUND_NOT_BOOKED_do: 'A bug: compare with the provider’s books.',
  REFUND_NOT_NAMED: 'More went back than the refunds say',
  REFUND_NOT_NAMED_do: 'Compare with the provider’s books: it was paid back at its own desk.',
  PAID_BACK_TOO_MUCH: 'More went back than came in',
  PAID_BACK_TOO_MUCH_do:
    'Two desks paid back the same money: settle it with the guest. It stays open.',
  PAYMENT_STUCK: 'A payment is open two hours after its time',
  PAYMENT_STUCK_do: 'Opening the order wakes its restaurant. Look whether the provider answers.',
  CAPTURE_STUCK: 'The provider has not answered for two hours',
  CAPTURE_STUCK_do: 'Look the payment up at the provider’s desk. The order waits meanwhile.',
  REFUND_STUCK: 'A refund takes too long',
  REFUND_STUCK_do: 'Look it up at the provider’s desk.',
  REFUND_DUE_LONG: 'People have owed a refund for more than three days',
  REFUND_DUE_LONG_do: 'Pay it back and record it, or have the owner try it again.',
  DISPUTED: 'The bank or the guest contests the payment',
  DISPUTED_do: 'Answer at the provider’s desk within its time.',
  LEDGER_DEBIT: 'Points were taken without the payment saying so, or the other way round',
  LEDGER_DEBIT_do:
    'The guest sees the ledger: give points back by a refund, or find the missing debit.',
  LEDGER_CREDIT: 'Points that went back differ from the refunds',
  LEDGER_CREDIT_do: 'The guest sees the ledger: compare it with the order’s refunds.',
  LEDGER_STRAY: 'Points were taken for a payment that its restaurant does not know',
  LEDGER_STRAY_do: 'The restaurant was set back, or somebody wrote to the ledger by hand.',
  WALLET_BALANCE: 'A wallet is not the sum of its entries',
  WALLET_BALANCE_do: 'Somebody wrote to the database by hand: the entries are right.',
  WALLET_CHARGES: 'Points bought differ from the ledger',
  WALLET_CHARGES_do:
    'Compare charges and entries. A charge that the provider’s desk paid back is none of ours.',
  WALLET_PAYOUTS: 'Points turned into money differ from the ledger',
  WALLET_PAYOUTS_do: 'Compare payouts and entries.',
}

/** What a difference means, and what to do about it. */
export const differenceText = reader<keyof Words>({ ko, en })
