import { numberOf } from '../../lib/form.ts'

/** Minutes as people type them, in whole seconds. */
export const secondsOf = (form: FormData, name: string): number =>
  Math.round((numberOf(form, name) ?? 0) * 60)

/** Per cent as people type them; rates are kept in hundredths of one. */
export const basisPointsOf = (form: FormData, name: string): number =>
  Math.round((numberOf(form, name) ?? 0) * 100)
