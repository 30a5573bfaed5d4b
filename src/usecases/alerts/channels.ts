import {
  channelContext,
  channelHint,
  DEPLOYMENT_CHANNEL_ID,
  MOST_CHANNELS,
  type AlertChannel,
} from '../../domain/alerts/channel.ts'
import type { AlertKind, ChannelKind } from '../../domain/alerts/rule.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import type { ChannelChanges } from './types.ts'

/** A channel, and what is owed to it. */
export interface ViewedChannel extends Omit<AlertChannel, 'sealed'> {
  waiting: number
  givenUp: number
}

export interface ChannelWish {
  kind: ChannelKind
  name: string
  address: string
  kinds: readonly AlertKind[] | null
}
export interface ChannelEdit {
  name?: string | undefined
  address?: string | undefined
  kinds?: readonly AlertKind[] | null | undefined
  enabled?: boolean | undefined
}

type ChannelDeps = Pick<
  Deps,
  | 'alertChannels'
  | 'alertMessages'
  | 'notifiers'
  | 'secretBox'
  | 'settings'
  | 'now'
  | 'random'
  | 'log'
>

const UNKNOWN: Refusal = { kind: 'NOT_FOUND', what: 'alert-channel' }

/** Where alerts go. The deployment's own channel stands among them while no other is on. */
export async function viewChannels(
  deps: Pick<ChannelDeps, 'alertChannels' | 'alertMessages' | 'settings'>,
): Promise<readonly ViewedChannel[]> {
  const [channels, counts] = await Promise.all([
    deps.alertChannels.list(),
    deps.alertMessages.counts(),
  ])
  const all = [...deploymentChannels(deps, channels), ...channels]
  return all.map((channel) => viewed(channel, counts.get(channel.id)))
}

const viewed = (
  { id, kind, name, hint, kinds, createdAt, disabledAt }: Omit<AlertChannel, 'sealed'>,
  { waiting, givenUp } = { waiting: 0, givenUp: 0 },
): ViewedChannel => ({ id, kind, name, hint, kinds, createdAt, disabledAt, waiting, givenUp })

function deploymentChannels(
  { settings }: Pick<Deps, 'settings'>,
  channels: readonly AlertChannel[],
): Omit<AlertChannel, 'sealed'>[] {
  const url = settings.outgoing.discordWebhookUrl
  if (url === null || channels.some(({ disabledAt }) => disabledAt === null)) return []
  return [
    {
      ...{ id: DEPLOYMENT_CHANNEL_ID, kind: 'discord', name: 'DISCORD_WEBHOOK_URL' },
      hint: channelHint('discord', url),
      ...{ kinds: null, createdAt: 0, disabledAt: null },
    },
  ]
}

/** Tells alerts there from now on. */
export async function addChannel(
  deps: ChannelDeps,
  { kind, name, address, kinds }: ChannelWish,
  by: Acting,
): Promise<Result<ViewedChannel, Refusal>> {
  if (!deps.notifiers[kind].accepts(address)) return refuse(notOfTheService)
  const createdAt = deps.now()
  const id = mintTimedId(PLATFORM_KEY, createdAt, deps.random)
  const channel: AlertChannel = {
    ...{ id, kind, name, kinds, createdAt, disabledAt: null },
    ...(await sealed(deps, id, kind, address)),
  }
  const audit = auditOf(deps, by, {
    ...{ action: 'alert-channel-added', subject: 'alert-channel', subjectId: id },
    changes: { kind: { from: null, to: kind }, kinds: { from: null, to: kinds } },
  })
  const added = await deps.alertChannels.insert(channel, MOST_CHANNELS, audit)
  if (!added)
    return refuse({ kind: 'INVALID', errors: [{ field: 'kind', reason: 'too_many_channels' }] })
  noted(deps, 'alert-channel-added', id, by)
  return ok(viewed(channel))
}

/** Changes what is named; what stays as it was leaves no line. */
export async function changeChannel(
  deps: ChannelDeps,
  id: string,
  edit: ChannelEdit,
  by: Acting,
): Promise<Result<ViewedChannel, Refusal>> {
  const before = await deps.alertChannels.byId(id)
  if (before === null) return refuse(UNKNOWN)
  const { address } = edit
  if (address !== undefined && !deps.notifiers[before.kind].accepts(address))
    return refuse(notOfTheService)
  const changes: ChannelChanges = {
    ...(edit.name !== undefined && edit.name !== before.name && { name: edit.name }),
    ...(edit.kinds !== undefined && !same(edit.kinds, before.kinds) && { kinds: edit.kinds }),
    ...(edit.enabled === true && before.disabledAt !== null && { disabledAt: null }),
    ...(edit.enabled === false && before.disabledAt === null && { disabledAt: deps.now() }),
    ...(address !== undefined && (await sealed(deps, id, before.kind, address))),
  }
  if (Object.keys(changes).length === 0) return ok(viewed(before, await countsOf(deps, id)))
  const audit = auditOf(deps, by, {
    ...{ action: 'alert-channel-changed', subject: 'alert-channel', subjectId: id },
    changes: toldChanges(before, changes),
  })
  const changed = await deps.alertChannels.change(id, changes, audit)
  if (changed === null) return refuse(UNKNOWN)
  noted(deps, 'alert-channel-changed', id, by)
  return ok(viewed(changed, await countsOf(deps, id)))
}

/** Nothing is told there any more, and its address is gone. */
export async function removeChannel(
  deps: ChannelDeps,
  id: string,
  by: Acting,
): Promise<Result<null, Refusal>> {
  const audit = auditOf(deps, by, {
    ...{ action: 'alert-channel-removed', subject: 'alert-channel', subjectId: id },
  })
  if (!(await deps.alertChannels.remove(id, deps.now(), audit))) return refuse(UNKNOWN)
  noted(deps, 'alert-channel-removed', id, by)
  return ok(null)
}

const notOfTheService: Refusal = {
  kind: 'INVALID',
  errors: [{ field: 'address', reason: 'not_an_address_of_the_service' }],
}

const same = (one: readonly AlertKind[] | null, other: readonly AlertKind[] | null): boolean =>
  JSON.stringify(one?.toSorted()) === JSON.stringify(other?.toSorted())

const countsOf = async ({ alertMessages }: Pick<Deps, 'alertMessages'>, id: string) =>
  (await alertMessages.counts()).get(id)

async function sealed(
  { secretBox }: Pick<Deps, 'secretBox'>,
  id: string,
  kind: ChannelKind,
  address: string,
): Promise<{ sealed: string; hint: string }> {
  return {
    sealed: await secretBox.seal(address, channelContext(id)),
    hint: channelHint(kind, address),
  }
}

/** An address is a secret, and a name may be a person's: of either only that it changed is told. */
function toldChanges(before: AlertChannel, changes: ChannelChanges): AuditEntry['changes'] {
  const { name, sealed: address, kinds, disabledAt } = changes
  const fields = [
    ...(name === undefined ? [] : ['name']),
    ...(address === undefined ? [] : ['address']),
  ]
  return {
    ...(fields.length > 0 && { fields: { from: null, to: fields } }),
    ...(kinds !== undefined && { kinds: { from: before.kinds, to: kinds } }),
    ...(disabledAt !== undefined && {
      enabled: { from: before.disabledAt === null, to: disabledAt === null },
    }),
  }
}

const noted = (deps: Pick<Deps, 'log'>, kind: string, channelId: string, by: Acting): void => {
  deps.log({ level: 'info', kind, channelId, userId: by.userId })
}
