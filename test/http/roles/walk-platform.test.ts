import { walk } from './walk.ts'

walk('accounts', 'support', 'administration', 'alerts', 'partners')
