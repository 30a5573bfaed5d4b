import type { Transfer, WatchedOrder } from './store.ts'

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
const won = (amount: number) => `${amount.toLocaleString('ko-KR')}원`

const STYLE = `
*{box-sizing:border-box}body{margin:0;padding:20px;background:#f2f4f6;color:#191f28;
font:16px/1.5 system-ui,-apple-system,"Apple SD Gothic Neo","Malgun Gothic",sans-serif}
main{max-width:640px;margin:auto;background:#fff;border-radius:24px;padding:28px 24px}
.badge{display:inline-block;background:#fff3e0;color:#a35200;border-radius:99px;padding:4px 12px;font-size:13px;font-weight:600}
h1{font-size:20px}h2{font-size:16px;margin-top:28px}form{display:grid;gap:10px}li form{display:inline}
input{font:inherit;padding:12px;border:1px solid #d1d6db;border-radius:12px;background:inherit;color:inherit}
button{border:0;border-radius:12px;padding:12px 16px;font:inherit;font-weight:600;background:#3182f6;color:#fff;cursor:pointer}
li{margin:8px 0}button:focus-visible,input:focus-visible{outline:3px solid #90c2ff}
@media(prefers-color-scheme:dark){body{background:#17171c;color:#e4e4e5}main{background:#202027}input{border-color:#3c3c47}}`

const orderItem = ({ number, name, amount }: WatchedOrder) =>
  `<li>${escape(name)} · ${won(amount)} <form method="post"><input type="hidden" name="name" value="${escape(name)}"><input type="hidden" name="amount" value="${amount}"><button aria-label="Transfer for ${escape(number)}">이체 · Transfer</button></form></li>`

const transferItem = ({ name, amount, orderNumber }: Transfer) =>
  `<li>${escape(name)} · ${won(amount)} → ${orderNumber === null ? '?' : escape(orderNumber)}</li>`

const list = (items: readonly string[]) =>
  items.length === 0 ? '<p>없음 · none</p>' : `<ul>${items.join('')}</ul>`

/** Where somebody transfers money: a form, what is waited for, and what came. */
export const bankPage = (
  waiting: readonly WatchedOrder[],
  transfers: readonly Transfer[],
  told: string | null,
): string =>
  `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>연습용 은행</title><style>${STYLE}</style></head><body><main><span class="badge">연습용 은행 · Sandbox, no real money</span>
<h1>계좌이체 · Transfer</h1>${told === null ? '' : `<p role="status">${escape(told)}</p>`}
<form method="post"><label>보내는 분 · Name<br><input name="name" required maxlength="100"></label><label>금액 · Won<br><input name="amount" type="number" min="1" required></label><label>입금 알림 매장 · Restaurant id for the feed (optional)<br><input name="feed"></label><button>보내기 · Send</button></form>
<h2>기다리는 주문 · Waited for</h2>${list(waiting.map(orderItem))}
<h2>입금 · Came in</h2>${list(transfers.map(transferItem))}</main></body></html>`
