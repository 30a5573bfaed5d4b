export type {
  EnteredRate,
  ProductFilter,
  ProductKey,
  ProductSort,
} from '../../db/repositories/catalogue-ports.ts'
