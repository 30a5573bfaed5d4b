// As much of OpenAPI 3.1 as our own document uses.

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  [keyword: string]: unknown
}

export interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
  schema?: Schema
}

type Content = Record<string, { schema?: Schema }>

export interface Operation {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content?: Content }
  responses?: Record<string, { headers?: Record<string, unknown>; content?: Content }>
  security?: Record<string, unknown>[]
}

export type PathItem = { parameters?: Parameter[] } & Partial<Record<Method, Operation>>

export interface Document {
  paths: Record<string, PathItem>
  components?: {
    schemas?: Record<string, Schema>
    parameters?: Record<string, Parameter>
  }
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Method = (typeof METHODS)[number]

const lastOf = (ref: string): string => ref.split('/').at(-1) ?? ''

/** What a reference leads to. */
export function schemaAt(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const found = document.components?.schemas?.[lastOf(schema.$ref)]
  if (found === undefined) throw new Error(`${schema.$ref} leads nowhere`)
  return schemaAt(document, found)
}

export function parameterAt(document: Document, parameter: Parameter): Parameter {
  if (parameter.$ref === undefined) return parameter
  const found = document.components?.parameters?.[lastOf(parameter.$ref)]
  if (found === undefined) throw new Error(`${parameter.$ref} leads nowhere`)
  return found
}
