import {
  addChannel,
  changeChannel,
  removeChannel,
  viewChannels,
} from '../../usecases/alerts/channels.ts'
import { readMessages } from '../../usecases/alerts/read-alerts.ts'
import { testChannel } from '../../usecases/alerts/test-channel.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import {
  alertChannel,
  alertChannelJson,
  alertMessage,
  alertMessageJson,
  channelEdit,
  channelTest,
  channelTestJson,
  channelWish,
  editOf,
} from '../schemas/alert-channels.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema, pageQuery } from '../schemas/lists.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const ALL = '/admin/alerts/channels'
const ONE = `${ALL}/{id}` as const

const CHANNELS = {
  tag: 'Administration',
  permission: 'alert:manage',
  idempotency: 'none',
} as const

/** Where alerts go (docs/alerts.md). */
export function alertChannelRoutes(app: App): void {
  readRoutes(app)
  changeRoutes(app)
  endRoutes(app)
}

function readRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'get',
      path: ALL,
      operationId: 'listAlertChannels',
      summary: 'Where alerts go; addresses are never shown',
      permission: 'alert:read',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Channels', schema: listSchema(alertChannel) },
      refusals: [],
    },
    async (c) => {
      const channels = await viewChannels(c.var.deps)
      const page = pageOf(channels, c.req.valid('query'), c.var.now, alertChannelJson)
      return { ok: true, value: page }
    },
  )
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'get',
      path: `${ONE}/messages`,
      operationId: 'listAlertMessages',
      summary: 'What a channel was told in the last 30 days, and what became of it; newest first',
      permission: 'alert:read',
      request: { params: idParams, query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(alertMessage) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const page = { limit, beforeId: cursor ?? null }
      return answer(await readMessages(c.var.deps, c.req.valid('param').id, page), (messages) =>
        listOf(messages, limit, c.var.now, alertMessageJson),
      )
    },
  )
}

function changeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'post',
      path: ALL,
      operationId: 'addAlertChannel',
      summary: 'Tell alerts to another channel from now on',
      description:
        'Called again it adds another: whoever got no answer finds it in the list, and takes it away.',
      request: { body: channelWish },
      success: { status: 201, description: 'Added', schema: alertChannel },
      refusals: [],
    },
    async (c) => {
      const { kinds = null, ...wish } = c.req.valid('json')
      const added = await addChannel(c.var.deps, { ...wish, kinds }, actingIn(c.var))
      return answer(added, alertChannelJson)
    },
  )
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'patch',
      path: ONE,
      operationId: 'changeAlertChannel',
      summary: 'Another name, address or choice of alerts for a channel, or switch it off or on',
      description: 'Sets what it says: called again, under a key or not, it is the same.',
      idempotency: 'taken',
      request: { params: idParams, body: channelEdit },
      success: { status: 200, description: 'As it is now', schema: alertChannel },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const edit = editOf(c.req.valid('json'))
      const { id } = c.req.valid('param')
      return answer(await changeChannel(c.var.deps, id, edit, actingIn(c.var)), alertChannelJson)
    },
  )
}

function endRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'delete',
      path: ONE,
      operationId: 'removeAlertChannel',
      summary: 'Tell a channel nothing any more, and forget its address',
      description: 'What has ended stays so: called again, under a key or not, nothing changes.',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 204, description: 'Removed' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      return answer(await removeChannel(c.var.deps, id, actingIn(c.var)), () => null)
    },
  )
  defineRoute(
    app,
    {
      ...CHANNELS,
      method: 'post',
      path: `${ONE}/test`,
      operationId: 'testAlertChannel',
      summary: 'Send a channel a message now',
      description:
        'The answer is what came back. Also while the channel is off; five times a minute. Called ' +
        'again it sends another: nothing is owed of either.',
      request: { params: idParams },
      success: { status: 200, description: 'What came back', schema: channelTest },
      refusals: ['NOT_FOUND', 'RATE_LIMITED'],
    },
    async (c) => answer(await testChannel(c.var.deps, c.req.valid('param').id), channelTestJson),
  )
}
