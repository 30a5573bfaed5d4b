import { walk } from './walk.ts'

walk('restaurants', 'menu')
