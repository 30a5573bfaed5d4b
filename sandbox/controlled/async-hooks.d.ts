// The one thing of `node:async_hooks` used here; all of @types/node would also bring Node's globals.
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    getStore(): T | undefined
    run<R>(store: T, callback: () => R): R
  }
}
