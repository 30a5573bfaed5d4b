/**
 * Calls travel to the object as texts, and texts come back: the runtime writes any other value field by
 * field, and every object that comes back gets a way to be disposed of (decision 34). The contracts hold
 * nothing that JSON loses: no dates, no bytes, no `undefined` that says anything.
 */
export type Text<V> = string & { readonly [carried]?: V }
declare const carried: unique symbol

/** A text that answers a question goes as it is, after this. */
const AS_IT_IS = '='

export function toText<V extends object>(value: V): Text<V> {
  const { ok, value: answered } = value as { ok?: boolean; value?: unknown }
  return ok === true && typeof answered === 'string' ? AS_IT_IS + answered : JSON.stringify(value)
}

export const fromText = <V extends object>(text: Text<V>): V =>
  (text.startsWith(AS_IT_IS)
    ? { ok: true, value: text.slice(AS_IT_IS.length) }
    : JSON.parse(text)) as V
