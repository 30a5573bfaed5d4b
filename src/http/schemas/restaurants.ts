import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import {
  ACCEPT_OUTCOMES,
  PAYMENT_METHODS,
  PAYMENT_POLICIES,
  TABLE_ACCESS,
  type RestaurantSettings,
  type RestaurantState,
} from '../../domain/restaurant/settings.ts'
import { SINKS, type SecretHint } from '../../domain/restaurant/secrets.ts'
import { MARKETS } from '../../domain/catalogue/markets.ts'
import { isoTime, timeSchema } from './common.ts'
import {
  exceptionsFrom,
  exceptionsJson,
  hoursJson,
  openingExceptions,
  openingFields,
  openingHours,
  openingJson,
} from './opening.ts'
import { secretFields, secretsJson, shownSecrets } from './restaurant-secrets.ts'

/** Ranges and what fits together are the domain's to judge (check-settings.ts). */
const settings = z.object({
  name: z.string().trim().min(1).max(200).openapi({ example: '맛있는 치킨집' }),
  timezone: z.string().max(64).openapi({ example: 'Asia/Seoul' }),
  currency: z.enum(CURRENCIES),
  market: z.enum(MARKETS),
  payment_policy: z.enum(PAYMENT_POLICIES),
  payment_methods: z
    .array(z.enum(PAYMENT_METHODS))
    .max(20)
    .openapi({ example: ['CARD'] }),
  table_access: z.enum(TABLE_ACCESS),
  table_ordering_enabled: z.boolean(),
  paused: z.boolean().openapi({ description: 'While true no order is taken' }),
  business_day_cutoff_hour: z.int().openapi({ minimum: 0, maximum: 23, example: 5 }),
  unpaid_hold_seconds: z.int().openapi({ minimum: 60, maximum: 86_400, example: 900 }),
  payment_window_seconds: z.int().openapi({ minimum: 60, maximum: 86_400, example: 2_400 }),
  deposit_window_seconds: z.int().openapi({
    minimum: 300,
    maximum: 604_800,
    example: 7_200,
    description: 'How long a prepaid order waits for a deposit',
  }),
  accept_deadline_seconds: z.int().openapi({ minimum: 30, maximum: 86_400, example: 600 }),
  accept_deadline_outcome: z.enum(ACCEPT_OUTCOMES),
  max_unpaid_per_guest: z.int().openapi({ minimum: 1, maximum: 100, example: 2 }),
  max_unpaid_per_visit: z.int().openapi({ minimum: 1, maximum: 1_000, example: 6 }),
  opening_hours: openingHours,
  opening_exceptions: openingExceptions,
  unseen_alert_seconds: z.int().openapi({ minimum: 10, maximum: 3_600, example: 60 }),
  stop_when_unseen: z
    .boolean()
    .openapi({ description: 'Unseen orders pause a prepaid restaurant until a board connects' }),
  packaging_fee_amount: z.int().openapi({
    minimum: 0,
    maximum: 1_000_000,
    example: 500,
    description: 'Once on every order that is not for a table, in minor units',
  }),
  service_fee_basis_points: z.int().openapi({
    minimum: 0,
    maximum: 3_000,
    example: 0,
    description: 'Of what the lines come to after discount, at tables; 500 = 5 %',
  }),
  tax_basis_points: z.int().openapi({
    minimum: 0,
    maximum: 10_000,
    example: 1_000,
    description: 'Rate of the tax that all prices contain; 1000 = 10 %, 0 = not stated',
  }),
  order_cards: z
    .array(z.enum(SINKS))
    .max(SINKS.length)
    .nullable()
    .openapi({
      example: ['discord'],
      description:
        'Where a card of every order goes once it is paid (prepaid) or accepted (postpaid); null = as the deployment has it',
    }),
  deposit_account: z
    .object({
      bank: z.string().trim().min(1).max(50),
      account_no: z.string().trim().min(1).max(50).openapi({ example: '110-123-456789' }),
      holder: z.string().trim().min(1).max(100),
    })
    .nullable(),
})

export const restaurantEditing = settings
  .extend(secretFields)
  .partial()
  .openapi('RestaurantEditing')
export const restaurantCreation = restaurantEditing
  .required({ name: true })
  .openapi('RestaurantCreation')

export const restaurantSchema = settings
  .extend({
    id: z.string().openapi({ format: 'uuid' }),
    ...openingFields,
    ...shownSecrets,
    menu_version: z.int(),
    created_at: timeSchema,
  })
  .openapi('Restaurant')

const FIELDS = {
  name: 'name',
  timezone: 'timezone',
  currency: 'currency',
  market: 'market',
  payment_policy: 'paymentPolicy',
  payment_methods: 'paymentMethods',
  table_access: 'tableAccess',
  table_ordering_enabled: 'tableOrderingEnabled',
  paused: 'paused',
  business_day_cutoff_hour: 'businessDayCutoffHour',
  unpaid_hold_seconds: 'unpaidHoldSeconds',
  payment_window_seconds: 'paymentWindowSeconds',
  deposit_window_seconds: 'depositWindowSeconds',
  accept_deadline_seconds: 'acceptDeadlineSeconds',
  accept_deadline_outcome: 'acceptDeadlineOutcome',
  max_unpaid_per_guest: 'maxUnpaidPerGuest',
  max_unpaid_per_visit: 'maxUnpaidPerVisit',
  opening_hours: 'openingHours',
  opening_exceptions: 'openingExceptions',
  unseen_alert_seconds: 'unseenAlertSeconds',
  stop_when_unseen: 'stopWhenUnseen',
  packaging_fee_amount: 'packagingFeeAmount',
  service_fee_basis_points: 'serviceFeeBasisPoints',
  tax_basis_points: 'taxBasisPoints',
  order_cards: 'orderCards',
  deposit_account: 'depositAccount',
} as const satisfies Record<keyof z.output<typeof settings>, keyof RestaurantSettings>

/** The settings that a body names. */
export function settingsFrom(
  body: z.output<typeof restaurantEditing>,
): Partial<RestaurantSettings> {
  const named = Object.fromEntries(
    Object.entries(FIELDS)
      .map(([field, key]) => [key, body[field as keyof typeof FIELDS]] as const)
      .filter(([, value]) => value !== undefined),
  ) as Partial<RestaurantSettings>
  const { opening_exceptions: exceptions, deposit_account: account } = body
  return {
    ...named,
    ...(exceptions && { openingExceptions: exceptionsFrom(exceptions) }),
    ...(account && {
      depositAccount: { bank: account.bank, accountNo: account.account_no, holder: account.holder },
    }),
  }
}

/** The restaurant as those who work there see it; of secrets, that they are set. */
export const restaurantJson = (
  restaurant: RestaurantState,
  secrets: readonly SecretHint[],
  now: number,
): z.input<typeof restaurantSchema> => ({
  id: restaurant.id,
  name: restaurant.name,
  timezone: restaurant.timezone,
  currency: restaurant.currency,
  market: restaurant.market as (typeof MARKETS)[number],
  payment_policy: restaurant.paymentPolicy,
  payment_methods: [...restaurant.paymentMethods],
  table_access: restaurant.tableAccess,
  table_ordering_enabled: restaurant.tableOrderingEnabled,
  business_day_cutoff_hour: restaurant.businessDayCutoffHour,
  unpaid_hold_seconds: restaurant.unpaidHoldSeconds,
  payment_window_seconds: restaurant.paymentWindowSeconds,
  deposit_window_seconds: restaurant.depositWindowSeconds,
  accept_deadline_seconds: restaurant.acceptDeadlineSeconds,
  accept_deadline_outcome: restaurant.acceptDeadlineOutcome,
  max_unpaid_per_guest: restaurant.maxUnpaidPerGuest,
  max_unpaid_per_visit: restaurant.maxUnpaidPerVisit,
  opening_hours: hoursJson(restaurant.openingHours),
  opening_exceptions: exceptionsJson(restaurant.openingExceptions),
  unseen_alert_seconds: restaurant.unseenAlertSeconds,
  stop_when_unseen: restaurant.stopWhenUnseen,
  packaging_fee_amount: restaurant.packagingFeeAmount,
  service_fee_basis_points: restaurant.serviceFeeBasisPoints,
  tax_basis_points: restaurant.taxBasisPoints,
  order_cards: restaurant.orderCards && [...restaurant.orderCards],
  deposit_account: restaurant.depositAccount && {
    bank: restaurant.depositAccount.bank,
    account_no: restaurant.depositAccount.accountNo,
    holder: restaurant.depositAccount.holder,
  },
  ...openingJson(restaurant, now),
  ...secretsJson(secrets),
  menu_version: restaurant.menuVersion,
  created_at: isoTime(restaurant.createdAt),
})
