export { hexOf } from '../domain/trace.ts'
