import { createComposer } from './compose.ts'
import { runCron } from './cron/run.ts'
import { createEdge } from './edge.ts'
import type { Env } from './env.ts'
import { createApp } from './http/app.ts'
import { consume } from './queues/consumer.ts'
import type { Runtime } from './runtime.ts'

/** The Worker's entries over a runtime: production's, or one that development controls. */
export function createHandlers(runtime: Runtime) {
  const app = createApp()
  const compose = createComposer(runtime)
  const edgeOf = createEdge(runtime)
  return {
    fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
      const { config, deps } = compose(env, ctx)
      const answering = Promise.resolve(app.fetch(request, { ...edgeOf(config, env), deps }, ctx))
      // Production cancels what is not waited for when the caller goes away.
      ctx.waitUntil(answering.then(() => deps.metrics.flushWhenDue()))
      return answering
    },

    async queue(batch: MessageBatch, env: Env, ctx: ExecutionContext): Promise<void> {
      const { deps } = compose(env, ctx)
      await consume(deps, batch)
      ctx.waitUntil(deps.metrics.flush())
    },

    async scheduled(event: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> {
      const { deps } = compose(env, ctx)
      await runCron(deps, event.cron)
      await deps.metrics.flush()
    },
  }
}
