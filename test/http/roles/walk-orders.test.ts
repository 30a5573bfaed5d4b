import { walk } from './walk.ts'

walk('orders', 'money')
