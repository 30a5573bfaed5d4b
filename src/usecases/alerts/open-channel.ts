import {
  channelContext,
  DEPLOYMENT_CHANNEL_ID,
  type AlertChannel,
} from '../../domain/alerts/channel.ts'
import type { AlertNotice } from '../../domain/alerts/notice.ts'
import type { NotifyOutcome } from '../../domain/restaurant/notice.ts'
import type { Deps } from '../deps.ts'

export type OpenDeps = Pick<Deps, 'alertChannels' | 'secretBox' | 'notifiers' | 'settings'>

/** Sends to the channel, or says why nothing can be sent there. */
export type Send = (notice: AlertNotice) => Promise<NotifyOutcome>

const closed =
  (reason: string): Send =>
  () =>
    Promise.resolve({ kind: 'refused', reason })

/** Finds the address of a channel; what is off is sent nothing. */
export async function openChannel(deps: OpenDeps, id: string): Promise<Send> {
  if (id === DEPLOYMENT_CHANNEL_ID) {
    const url = deps.settings.outgoing.discordWebhookUrl
    return url === null
      ? closed('NOT_CONFIGURED')
      : (notice) => deps.notifiers.discord.send(url, notice)
  }
  const channel = await deps.alertChannels.byId(id)
  if (channel === null) return closed('CHANNEL_REMOVED')
  return channel.disabledAt === null ? openKept(deps, channel) : closed('CHANNEL_OFF')
}

/** The same for a channel in hand, on or off. */
export async function openKept(
  { secretBox, notifiers }: Pick<Deps, 'secretBox' | 'notifiers'>,
  { id, kind, sealed }: AlertChannel,
): Promise<Send> {
  const address = await secretBox.open(sealed, channelContext(id))
  return address === null
    ? closed('CANNOT_BE_OPENED')
    : (notice) => notifiers[kind].send(address, notice)
}
