import type { AmountMinor } from '../money.ts'

/** The Toss app knows these banks by a shorter name than they go by. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  신한은행: '신한',
  국민은행: '국민',
  KB국민은행: '국민',
  KB국민: '국민',
  우리은행: '우리',
  하나은행: '하나',
  KEB하나은행: '하나',
  기업은행: '기업',
  IBK기업은행: '기업',
  산업은행: '산업',
  KDB산업은행: '산업',
  씨티은행: '씨티',
  SC제일은행: 'SC제일',
  제일은행: 'SC제일',
  NH농협은행: '농협은행',
  NH농협: '농협은행',
  IM뱅크: '대구은행',
}

const nameInApp = (bank: string): string => {
  const name = bank.normalize('NFKC').replace(/\s+/g, '')
  return SHORT_NAMES[name.toUpperCase()] ?? name
}

/**
 * The link that opens a transfer in the Toss app with account and sum filled in, as the app's own QR
 * codes hold it. It proves nothing: whether the guest transfers anything, only the account tells.
 */
export function supertossUrl(to: { bank: string; accountNo: string; amount: AmountMinor }): string {
  const bank = encodeURIComponent(nameInApp(to.bank))
  const accountNo = to.accountNo.replace(/\D/g, '')
  return `supertoss://send?amount=${to.amount}&bank=${bank}&accountNo=${accountNo}&origin=qr`
}
