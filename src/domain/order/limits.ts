/** Most lines of an order, and most portions of one of them; a cart holds no more. */
export const MAX_LINES = 100
export const MAX_QUANTITY = 999
