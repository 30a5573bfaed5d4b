import type { SandboxPayment } from './payment.ts'

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const STYLE = `
*{box-sizing:border-box;margin:0}
body{min-height:100vh;display:grid;place-items:center;padding:20px;background:#f2f4f6;color:#191f28;
font:16px/1.5 system-ui,-apple-system,"Apple SD Gothic Neo","Malgun Gothic",sans-serif}
main{width:100%;max-width:420px;background:#fff;border-radius:24px;padding:28px 24px;box-shadow:0 8px 32px #0000000f}
.badge{display:inline-block;background:#fff3e0;color:#a35200;border-radius:99px;padding:4px 12px;font-size:13px;font-weight:600}
h1{font-size:20px;margin:18px 0 4px}.amount{font-size:34px;font-weight:700;letter-spacing:-.02em}
dl{margin:20px 0;border-top:1px solid #e5e8eb;padding-top:14px;display:grid;grid-template-columns:auto 1fr;gap:6px 16px;font-size:14px}
dt{color:#6b7684}dd{text-align:right;overflow-wrap:anywhere}
form{display:grid;gap:10px}
button{border:0;border-radius:14px;padding:16px;font:inherit;font-weight:600;cursor:pointer;background:#f2f4f6;color:#333d4b}
button.pay{background:#3182f6;color:#fff;padding:18px;font-size:17px}button.fail{background:#ffeeee;color:#c4262e}
button:focus-visible{outline:3px solid #90c2ff;outline-offset:2px}small{display:block;font-weight:400;font-size:13px}
@media(prefers-color-scheme:dark){body{background:#17171c;color:#e4e4e5}main{background:#202027}dl{border-color:#3c3c47}
dt{color:#9e9ea4}button{background:#3c3c47;color:#e4e4e5}button.fail{background:#4a1f24;color:#ffb3b6}.badge{background:#4a3413;color:#ffd08a}}`

const shell = (title: string, body: string) =>
  `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main><span class="badge">연습용 결제창 · Sandbox, no real money</span>${body}</main></body></html>`

const money = (payment: SandboxPayment) =>
  `${payment.totalAmount.toLocaleString('ko-KR')}${payment.currency === 'KRW' ? '원' : ` ${payment.currency}`}`

const button = (action: string, korean: string, english: string) =>
  `<button class="${action}" name="action" value="${action}">${korean}<small>${english}</small></button>`

const METHOD = { CARD: '신용카드 · Card', VIRTUAL_ACCOUNT: '가상계좌 · Virtual account' } as const

const BANKS = `<label>은행 · Bank <select name="bank"><option value="88">신한은행</option><option value="20">우리은행</option><option value="11">NH농협은행</option><option value="06">KB국민은행</option></select></label>`

/** An account that waits for its money, and the buyer's bank in one button. */
export function accountPage(payment: SandboxPayment): string {
  return shell(
    '입금 대기',
    `<h1>${escape(payment.orderName)}</h1><p class="amount">${money(payment)}</p>
<dl><dt>계좌 번호<br>Account</dt><dd>${escape(payment.virtualAccount?.accountNumber ?? '')}</dd></dl>
<form method="post">${button('deposit', '입금하기', 'Transfer the money')}</form>`,
  )
}

/** The page with its three buttons; each posts a plain form. */
export function checkoutPage(payment: SandboxPayment): string {
  return shell(
    '결제하기',
    `<h1>${escape(payment.orderName)}</h1><p class="amount">${money(payment)}</p>
<dl><dt>주문 번호<br>Order id</dt><dd>${escape(payment.orderId)}</dd><dt>결제 수단<br>Method</dt><dd>${METHOD[payment.method]}</dd></dl>
<form method="post">${payment.method === 'VIRTUAL_ACCOUNT' ? BANKS : ''}${button('pay', '결제하기', 'Pay')}${button('fail', '실패', 'Fail (card declined)')}${button('cancel', '취소', 'Cancel')}</form>`,
  )
}

/** Said of payments that cannot be paid any more, and of unknown ones. */
export function overPage(payment: SandboxPayment | null): string {
  return shell(
    '결제 종료',
    payment
      ? `<h1>이미 끝난 결제입니다</h1><p>This payment is over.</p><dl><dt>상태<br>Status</dt><dd>${payment.status}</dd><dt>금액<br>Amount</dt><dd>${money(payment)}</dd></dl>`
      : '<h1>결제를 찾을 수 없습니다</h1><p>No such payment or action.</p>',
  )
}
