import { CALLS } from './calls.ts'
import { walk } from './walk.ts'

walk('support', CALLS.support)
