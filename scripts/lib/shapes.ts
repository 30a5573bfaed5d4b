// The API's answers, as far as the scripts read them.

export interface OrderJson {
  order_id: string
  order_number: string
  business_day: string
  status: string
  payment_status: string
  total_amount: number
  captured_amount: number
  refunded_amount: number
  refund_due_amount: number
  items: OrderItemJson[]
  message: string | null
  estimated_ready_at: string | null
  acknowledged_at: string | null
  rings: boolean
  allowed_actions: string[]
}

export interface OrderItemJson {
  menu_id: string
  name: string
  options: { name: string; choice: string }[]
  quantity: number
  unavailable_quantity: number
  total: number
}

export interface PlacedOrderJson extends OrderJson {
  payment_required: boolean
  payment_url: string | null
  websocket_url: string
}

export interface OptionJson {
  id: string
  name: string
  required: boolean
  min: number
  max: number
  choices: { id: string; name: string; price_delta: number }[]
}

export interface MenuItemJson {
  id: string
  number: number
  name: string
  price: number
  is_available: boolean
  options: OptionJson[]
}

export interface MenuJson {
  restaurant: { id: string; name: string; open: boolean }
  menu_version: number
  categories: { id: string; name: string; items: MenuItemJson[] }[]
}

export interface GuestJson {
  access_token: string
  session_id: string
}

export interface InitiatedJson {
  payment_id: string
  payment_key: string
  payment_url: string
  amount: number
}

export interface PaymentStatusJson {
  payment_status: string
  payments: { payment_id: string; status: string; amount: number; refunded_amount: number }[]
}

export interface StockJson {
  menu_id: string
  name: string
  counted: boolean
  level: number | null
  reserved: number | null
}

export interface Page<T> {
  items: T[]
  next_cursor: string | null
  as_of: string
}

/** A payment as the sandbox's control shows it: the provider's own view. */
export interface ProviderPaymentJson {
  paymentKey: string
  orderId: string
  orderName: string
  status: string
  totalAmount: number
  balanceAmount: number
  approvedAt: string | null
}
