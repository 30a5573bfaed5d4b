import { CALLS } from './calls.ts'
import { walk } from './walk.ts'

walk('alerts', CALLS.alerts)
