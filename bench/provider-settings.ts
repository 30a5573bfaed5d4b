export const TOSS = 'http://toss.bench'
export const STRIPE = 'http://stripe.bench'
/** Settings that lead the product's own adapters to the stand-in. */
export const PROVIDER_SETTINGS = {
  TOSS_SECRET_KEY: 'test_sk_bench',
  TOSS_CLIENT_KEY: 'test_ck_bench',
  TOSS_API_BASE_URL: TOSS,
  STRIPE_SECRET_KEY: 'sk_test_bench',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_bench',
  STRIPE_WEBHOOK_SECRET: 'whsec_bench',
  STRIPE_API_BASE_URL: STRIPE,
}
/** What Toss tells the shop of an account, and callbacks about it must show. */
export const ACCOUNT_SECRET = 'ps_bench'
