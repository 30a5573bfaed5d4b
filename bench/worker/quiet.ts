import { systemRuntime, type Runtime } from '../../src/runtime.ts'

/** Log lines cost what they cost in production: they are built, but not written to a terminal. */
export const quiet: Runtime = { ...systemRuntime, log: (line) => void JSON.stringify(line) }
