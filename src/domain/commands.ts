import type { Asker } from './actor.ts'
import type { ClaimState, CouponChanges, CouponState, CouponTerms } from './coupon/coupon.ts'
import type { Job } from './jobs.ts'
import type { Allergen } from './menu/allergens.ts'
import type { Category, MenuItemWithStock, StockLevel } from './menu/menu.ts'
import type { MenuDocument } from './menu/menu-document.ts'
import type { ImportSummary } from './menu/plan-import.ts'
import type { RequestedLine } from './menu/quote.ts'
import type { Translations } from './menu/translations.ts'
import type { OrderState } from './order/order.ts'
import type { CaptureOutcome, OpenOutcome } from './payment/outcomes.ts'
import type { DepositState } from './payment/deposit.ts'
import type { PaymentState, RefundProof, RefundState, RefundedLine } from './payment/payment.ts'
import type { Refusal } from './refusal.ts'
import type { StockRules } from './stock/rules.ts'
import type { SealedSecrets, SecretChange, SecretHint } from './restaurant/secrets.ts'
import type { PaymentMethod, RestaurantSettings, RestaurantState } from './restaurant/settings.ts'
import type { TableState } from './restaurant/table.ts'

/** An option as an owner writes it; ids are kept where given, minted where not. */
export interface OptionInput {
  id?: string | undefined
  name: string
  names?: Translations | undefined
  required: boolean
  min?: number | undefined
  max?: number | undefined
  choices: readonly {
    id?: string | undefined
    name: string
    names?: Translations | undefined
    priceDelta: number
  }[]
}

export interface ItemInput {
  categoryId: string
  name: string
  price: number
  description: string | null
  options: readonly OptionInput[]
  position?: number | undefined
  names?: Translations | undefined
  descriptions?: Translations | undefined
  allergens?: readonly Allergen[] | undefined
  tags?: readonly string[] | undefined
  spiceLevel?: number | undefined
  maxPerOrder?: number | null | undefined
}

/** What the guest is told of an order just placed; a repeat with the same key says the same again. */
export interface PlacedOrder {
  order: OrderState
  /** The points' payment, for the caller to take at once; the agenda does it otherwise. */
  points?: PaymentState | undefined
  /** Where a deposit goes to, and until when. */
  deposit?: PaymentState | undefined
}

/** Every verb of the restaurant: what it takes and what it answers. One file per verb in restaurant/commands/. */
export interface Commands {
  initialize: { input: { id: string; settings: RestaurantSettings }; value: RestaurantState }
  'edit-restaurant': {
    input: { changes: Partial<RestaurantSettings>; secrets?: readonly SecretChange[] }
    /** Answers kept from before there were secrets lack them. */
    value: RestaurantState & { secrets?: readonly SecretHint[] }
  }
  /** No orders, until a time to come or until somebody resumes. */
  /** An older copy of the object stands: its numbers go on in this epoch, if it is not there yet. */
  'begin-epoch': { input: { epoch: number }; value: RestaurantState }
  /** What stands is about to be undone, and this epoch to begin. */
  'mark-restore': { input: { epoch: number }; value: null }
  'pause-restaurant': { input: { until: number | null }; value: RestaurantState }
  'resume-restaurant': { input: object; value: RestaurantState }
  /** Orders take so much longer than usual; 0 = as usual again. */
  'mark-busy': { input: { delayMinutes: number; until: number | null }; value: RestaurantState }

  'create-table': { input: { name: string | null }; value: TableState }
  /** The old code is refused at once; who sits there stays. */
  'rotate-table-code': { input: { tableId: string }; value: TableState }
  'delete-table': { input: { tableId: string }; value: null }
  'open-table': { input: { tableId: string }; value: { visitId: string } }
  'reset-table': {
    input: { tableId: string; force: 'void' | 'refund' | null }
    value: { closedVisitId: string | null; endedOrderIds: readonly string[] }
  }
  /** A scan: checks the code and puts the session into the table's visit. */
  'join-visit': {
    input: { tableId: string; code: string }
    value: { visitId: string; tableId: string; tableName: string; restaurantId: string }
  }
  /** A log-out reaches the object: the session is refused from the next command on. */
  'end-session': { input: { sessionId: string; forgetAfter: number }; value: null }
  /** A dismissal or a change of role: what names the user's membership before `version` is refused. */
  'end-membership': {
    input: { userId: string; version: number; forgetAfter: number }
    value: null
  }

  /** Takes an erased account's person out of its orders that are settled, a page at a time. */
  'forget-person': {
    input: { userId: string; beforeId: string | null }
    /** `next`: ask again from there. `open`: orders that are not settled, and were left. */
    value: { next: string | null; forgotten: number; open: number }
  }

  'create-category': {
    input: { name: string; position: number | null; names?: Translations | undefined }
    value: Category
  }
  'edit-category': {
    input: {
      categoryId: string
      name?: string | undefined
      position?: number | undefined
      names?: Translations | undefined
    }
    value: Category
  }
  'delete-category': { input: { categoryId: string }; value: null }
  'create-item': { input: ItemInput; value: MenuItemWithStock }
  'edit-item': {
    input: { itemId: string; changes: { [K in keyof ItemInput]?: ItemInput[K] | undefined } }
    value: MenuItemWithStock
  }
  'delete-item': { input: { itemId: string }; value: null }
  'mark-sold-out': {
    input: { itemId: string; soldOut: boolean; until: number | null }
    value: MenuItemWithStock
  }
  /** `ids` are all that there are, in their new order. */
  'order-categories': { input: { ids: readonly string[] }; value: null }
  /** Likewise the items of one category, or of the whole menu. */
  'order-items': { input: { categoryId: string | null; ids: readonly string[] }; value: null }
  /** `image` is the name of a file that the image store has. */
  'set-item-image': { input: { itemId: string; image: string | null }; value: MenuItemWithStock }
  /** The whole document or nothing. */
  'import-menu': {
    input: { mode: 'merge' | 'replace'; document: MenuDocument }
    value: ImportSummary
  }
  'adjust-stock': {
    input: { itemId: string; change: { delta: number } | { set: number | null }; reason: string }
    value: { itemId: string; stock: StockLevel | null }
  }

  /** Its own code again with the same terms is the same coupon: registering repeats after a crash. */
  'create-coupon': { input: { terms: CouponTerms }; value: CouponState }
  /** What is held or used keeps the terms it was taken under. */
  'edit-coupon': { input: { couponId: string; changes: CouponChanges }; value: CouponState }
  /** `left`: claims that can still be made after this one. */
  'claim-coupon': {
    input: { code: string }
    value: { claim: ClaimState; coupon: CouponState; left: number }
  }
  /** What is left out stays as it is; null takes a rule away. */
  'edit-stock-rules': {
    input: { itemId: string; changes: StockRules }
    value: { itemId: string; stock: StockLevel | null }
  }

  'place-order': {
    input: {
      table: { id: string } | { name: string } | null
      lines: readonly RequestedLine[]
      paymentMethod: PaymentMethod
      /** The part paid by points; with POINTS all of it, whatever is said here. */
      pointsAmount?: number
      /** The name that a deposit will bear. */
      payerName?: string | null
      expectedTotal: number | null
      specialRequests: string | null
      /** Normalised, each once; together they are taken or refused. */
      couponCodes?: readonly string[]
    }
    value: PlacedOrder
  }
  'accept-order': {
    input: {
      orderId: string
      estimatedTimeMinutes: number
      message: string | null
      unavailableLines: readonly { lineId: string; quantity: number }[]
    }
    value: OrderState
  }
  'reject-order': {
    input: { orderId: string; reason: string; soldOutItemIds: readonly string[] }
    value: OrderState
  }
  'ready-order': { input: { orderId: string }; value: OrderState }
  'complete-order': { input: { orderId: string }; value: OrderState }
  'acknowledge-order': { input: { orderId: string }; value: OrderState }
  /** Those who answer for the order end it, also once the kitchen has begun. */
  'void-order': { input: { orderId: string; reason: string }; value: OrderState }
  'cancel-order': { input: { orderId: string; reason: string | null }; value: OrderState }

  /** Writes the intent to open a payment; `fresh` says whether the caller is to ask the provider. */
  'open-payment': {
    input: { orderId: string; amount: number; method: PaymentMethod; viaLink: boolean }
    value: { payment: PaymentState; orderNumber: string; fresh: boolean }
  }
  /** What the provider answered to opening. */
  'record-opening': { input: { paymentId: string; outcome: OpenOutcome }; value: PaymentState }
  /** Claims the right to ask the provider for the money (docs/storage.md, "capture"). */
  'claim-capture': {
    /** `id` is the payment's (as the provider returns it) or the order's. */
    input: { id: string; providerKey: string; amount: number; viaLink: boolean }
    value:
      | {
          claimed: true
          payment: PaymentState
          attemptId: string
          /** The restaurant's keys at the provider, for the call that comes next. */
          account: SealedSecrets
        }
      | { claimed: false; payment: PaymentState; order: OrderState }
  }
  /** What the provider answered to the claimant. */
  'settle-capture': {
    input: { paymentId: string; attemptId: string; outcome: CaptureOutcome }
    value: { payment: PaymentState; order: OrderState }
  }
  /** A webhook was noted: the agenda looks the payment up at once. Unknown payments are refused. */
  'note-webhook': {
    input: { paymentId: string; providerKey: string | null; secret?: string | null }
    value: { orderId: string } | null
  }
  /** Whoever watches the account says that this payment's deposit is in. */
  'report-deposit': {
    input: { paymentId: string; amount: number | null }
    value: { payment: PaymentState; order: OrderState }
  }
  /** Money on the account, told by its feed: it pays the one order that it can be for, or waits for staff. */
  'note-deposit': {
    input: { traceId: string; payerName: string; amount: number; receivedAt: number }
    value: DepositState
  }
  'assign-deposit': { input: { depositId: string; orderId: string }; value: DepositState }
  'return-deposit': {
    input: { depositId: string; method: RefundProof['method']; note: string }
    value: DepositState
  }
  /** Staff took money at the counter: all that is due, or a part. */
  'settle-order': {
    input: {
      orderId: string
      /** Null = all that is due. */
      amount: number | null
      by: 'CASH' | 'CARD_TERMINAL'
      note: string | null
    }
    value: { payment: PaymentState; order: OrderState }
  }
  /** A sum, some portions of some lines, or (neither) all that is left. */
  'request-refund': {
    input: {
      orderId: string
      amount: number | null
      lines?: readonly RefundedLine[] | null
      /** What it came to when it was decided: it is that, or refused. */
      expectedAmount?: number | null
      reason: string
      /** Sealed: where money from a virtual account goes back to. */
      sealedAccount?: string | null
    }
    /** `further`: where several payments paid the order, its other parts. */
    value: RefundState & { further?: readonly RefundState[] }
  }
  /** Staff paid back by hand what no machine could. */
  'record-refund': {
    input: { orderId: string; refundId: string; method: RefundProof['method']; note: string }
    value: RefundState
  }
  /** A refund that is due is tried by the machine once more. */
  'retry-refund': {
    input: { orderId: string; refundId: string; sealedAccount: string | null }
    value: RefundState
  }
}

export type CommandType = keyof Commands
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { type: K } & Commands[K]['input']
}[T]
export type CommandValue<T extends CommandType> = Commands[T]['value']

/** How every command travels to the object. */
export interface CommandEnvelope<T extends CommandType = CommandType> {
  command: Command<T>
  asker: Asker
  /** The caller's Idempotency-Key and the digest of its parsed body. */
  idempotency: { key: string; fingerprint: string } | null
  traceId: string | null
}

/** What every command comes back with. */
export type CommandOutcome<T extends CommandType = CommandType> =
  { ok: true; value: CommandValue<T>; replayed: boolean } | { ok: false; refusal: Refusal }

/** As it leaves the object: with the jobs whose first try the caller makes after its answer. */
export type Committed<O> = { outcome: O; jobs: readonly Job[] }
