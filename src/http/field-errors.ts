import type { z } from '@hono/zod-openapi'
import type { FieldError } from '../domain/refusal.ts'

type Issue = z.core.$ZodIssue

/** Zod's issues as the API names them: the field's path as sent, and a machine-readable reason. */
export function fieldErrorsOf(issues: readonly Issue[], sent: unknown): FieldError[] {
  const errors = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: pathText([...issue.path, key]),
        reason: issue.code,
      }))
    return [{ field: pathText(issue.path), reason: reasonOf(issue, sent) }]
  })
  // Several checks of one value may fail for the same reason.
  return errors.filter(
    ({ field, reason }, at) =>
      errors.findIndex((other) => other.field === field && other.reason === reason) === at,
  )
}

const pathText = (path: readonly PropertyKey[]): string => path.map(String).join('.') || 'body'

function reasonOf(issue: Issue, sent: unknown): string {
  // What stands in a list was sent, also where it was sent as a text with commas.
  const inList = typeof issue.path.at(-1) === 'number'
  if (!inList && valueAt(sent, issue.path) === undefined) return 'required'
  if (issue.code === 'custom') return customReason(issue.params) ?? 'invalid'
  return issue.code
}

/** Refinements may name their own reason: `ctx.addIssue({ code: 'custom', params: { reason } })`. */
const customReason = (params: Record<string, unknown> | undefined): string | undefined =>
  typeof params?.reason === 'string' ? params.reason : undefined

const valueAt = (sent: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object'
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    sent,
  )
