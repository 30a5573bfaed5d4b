/** Names and values of a `NAME=value` file; values may stand in single or double quotes. */
export function parseVars(text: string): Map<string, string> {
  const vars = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^\s*([A-Z][A-Z0-9_]*)\s*=(.*)$/.exec(line) ?? []
    if (name === undefined) continue
    const trimmed = value.trim()
    vars.set(name, /^(['"]).*\1$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed)
  }
  return vars
}
