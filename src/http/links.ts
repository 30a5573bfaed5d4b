import { payLinkKey } from '../usecases/payments/pay-link.ts'
import type { HttpBindings, HttpVariables } from './context.ts'

/** As much of a request's context as links need. */
export interface Asked {
  env: HttpBindings
  req: { url: string }
  var: Pick<HttpVariables, 'deps'>
}

/** What the runtime has parsed and written anew begins with its origin. */
const ORIGIN = /^https?:\/\/[^/?#]+/

/** The origin that links lead to: the setting's, or the one the caller used. */
export const originOf = ({ env, req }: Pick<Asked, 'env' | 'req'>): string =>
  (env.publicUrl === null ? ORIGIN.exec(req.url)?.[0] : null) ??
  new URL(env.publicUrl ?? req.url).origin

const linkKey = (c: Asked, orderId: string): string =>
  payLinkKey(c.var.deps.settings.linkSecret, orderId)

/** Our page for paying one order; whoever holds the link may pay it, and nothing else. */
export const payUrl = (c: Asked, orderId: string): string =>
  `${originOf(c)}/pay/${orderId}?k=${linkKey(c, orderId)}`

/** Where a provider sends the browser back to. A buyer who gives up comes without any id of ours. */
export const returnUrls = (c: Asked, orderId: string): { success: string; fail: string } => ({
  success: `${originOf(c)}/payment/success`,
  fail: `${originOf(c)}/payment/fail?order=${orderId}&k=${linkKey(c, orderId)}`,
})

/** Stripe's payment form for the order, and where that sends the browser back to. */
export const stripePageUrl = (c: Asked, orderId: string): string =>
  `${originOf(c)}/pay/${orderId}/stripe?k=${linkKey(c, orderId)}`
export const stripeReturnUrl = (c: Asked, orderId: string): string =>
  `${originOf(c)}/payment/stripe/return?order=${orderId}&k=${linkKey(c, orderId)}`

/** Where a provider sends the browser back to that went there to buy points. */
export const chargeReturnUrls = (c: Pick<Asked, 'env' | 'req'>) => ({
  success: `${originOf(c)}/payment/points/success`,
  fail: `${originOf(c)}/payment/points/fail`,
})

/** Where the order can be watched live; in one piece (decision 64), since every placing answers it. */
export const orderSocketUrl = (c: Pick<Asked, 'env' | 'req'>, orderId: string): string =>
  [originOf(c).replace(/^http/, 'ws'), 'ws', 'orders', orderId].join('/')
