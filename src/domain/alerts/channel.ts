import type { AlertKind, ChannelKind } from './rule.ts'

/** Where alerts go. */
export interface AlertChannel {
  id: string
  kind: ChannelKind
  /** By which people know it. */
  name: string
  sealed: string
  /** The end of the address, to tell channels apart. */
  hint: string
  /** Null = all. */
  kinds: readonly AlertKind[] | null
  createdAt: number
  disabledAt: number | null
}

/**
 * The deployment's own Discord channel, told of everything while no other channel is on. Its id is no
 * id that is ever minted.
 */
export const DEPLOYMENT_CHANNEL_ID = '00000000-0000-8000-8000-ffffffffffff'

export const MOST_CHANNELS = 50

/** What a sealed address is bound to: sealed for one channel, it opens for no other. */
export const channelContext = (id: string): string => `alert-channel/${id}`

const SHOWN = 4

/** Of an e-mail address only its domain, of a webhook its end. */
export const channelHint = (kind: ChannelKind, address: string): string =>
  kind === 'email' ? `…${address.slice(address.lastIndexOf('@'))}` : `…${address.slice(-SHOWN)}`

/** The channels that an alert of the kind is told to. */
export function channelsFor(
  kind: AlertKind,
  channels: readonly Pick<AlertChannel, 'id' | 'kinds' | 'disabledAt'>[],
  deployment: boolean,
): readonly string[] {
  const on = channels.filter(({ disabledAt }) => disabledAt === null)
  if (on.length === 0) return deployment ? [DEPLOYMENT_CHANNEL_ID] : []
  return on.filter(({ kinds }) => kinds === null || kinds.includes(kind)).map(({ id }) => id)
}
