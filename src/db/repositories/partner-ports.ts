import type { AuditEntry } from '../../domain/audit.ts'

/**
 * Partner systems, and what administrators have given them. Times in ms. `audit` is the line of the
 * audit trail: it is written with the change, and only where there is one.
 */
export interface Partner {
  id: string
  name: string
  clientId: string
  /** SHA-256 in hex, of its newest key; what counts are the keys. */
  secretDigest: string
  createdAt: number
  disabledAt: number | null
  /** SHA-256 in lower-case hex of the certificate that its calls must come with; null = none. */
  certFingerprint: string | null
}

export interface PartnerRepository {
  /** With its first key, in one batch. */
  insert(partner: Partner, key: PartnerKey, audit: AuditEntry): Promise<void>
  byId(id: string): Promise<Partner | null>
  byClientId(clientId: string): Promise<Partner | null>
  /** All of them, newest first. */
  list(): Promise<readonly Partner[]>
  /** Null when there is none. */
  edit(
    id: string,
    changes: { name?: string; certFingerprint?: string | null },
    audit: AuditEntry,
  ): Promise<Partner | null>
  /**
   * The partner as it is then; null when there is none. Its keys, leases, subscriptions and endpoints
   * end in the same batch. Doing it again keeps the first time.
   */
  disable(id: string, at: number, audit: AuditEntry): Promise<Partner | null>
}

/** A secret that a partner logs in and signs with. */
export interface PartnerKey {
  id: string
  partnerId: string
  digest: string
  /** Empty where only the digest is known: it opens no signature. */
  sealed: string
  hint: string
  createdAt: number
  endsAt: number | null
}

export interface PartnerKeys {
  /** Newest first, ended ones too. A partner from before there were keys has the one it was made with. */
  of(partnerId: string): Promise<readonly PartnerKey[]>
  /** A new key; the others end at `olderEnd` at the latest, and all but the newest of them now. */
  replace(key: PartnerKey, olderEnd: number, audit: AuditEntry): Promise<void>
  /** The key as it is then; null when the partner has none of the id. An earlier end stays. */
  end(partnerId: string, id: string, at: number, audit: AuditEntry): Promise<PartnerKey | null>
}

/** What a partner may see: of which restaurant (null = all), of which types (null = all). */
export interface PartnerSubscription {
  id: string
  partnerId: string
  restaurantId: string | null
  types: readonly string[] | null
  createdAt: number
  endedAt: number | null
}

export interface PartnerSubscriptions {
  /** The one that stands for the same, if there is one; else this one. */
  add(subscription: PartnerSubscription, audit: AuditEntry): Promise<PartnerSubscription>
  /** Those that have not ended, newest first. */
  of(partnerId: string): Promise<readonly PartnerSubscription[]>
  /** As it is then; null when the partner has none of the id. Doing it again keeps the first time. */
  end(
    partnerId: string,
    id: string,
    at: number,
    audit: AuditEntry,
  ): Promise<PartnerSubscription | null>
  /** Whether the platform has a restaurant of the id. */
  restaurantExists(restaurantId: string): Promise<boolean>
}

/** Where a partner wants events pushed to. Secrets are sealed. */
export interface PartnerEndpoint {
  id: string
  partnerId: string
  url: string
  secret: string
  previousSecret: string | null
  previousUntil: number | null
  createdAt: number
  disabledAt: number | null
  disabledReason: string | null
}

export interface PartnerEndpoints {
  insert(endpoint: PartnerEndpoint, audit: AuditEntry): Promise<void>
  /** Those that were not taken away, newest first. */
  of(partnerId: string): Promise<readonly PartnerEndpoint[]>
  byId(partnerId: string, id: string): Promise<PartnerEndpoint | null>
  /** These and the next give null when the partner has none of the id. */
  changeUrl(
    partnerId: string,
    id: string,
    url: string,
    audit: AuditEntry,
  ): Promise<PartnerEndpoint | null>
  /** The present secret signs besides the new one until then. */
  replaceSecret(
    endpoint: Pick<PartnerEndpoint, 'partnerId' | 'id' | 'secret'>,
    previousUntil: number,
    audit: AuditEntry,
  ): Promise<PartnerEndpoint | null>
  enable(partnerId: string, id: string, audit: AuditEntry): Promise<PartnerEndpoint | null>
  /** Takes it away: no more pushes, its secrets are gone. True also when it was done before. */
  remove(partnerId: string, id: string, at: number, audit: AuditEntry): Promise<boolean>
}

/** What signed calls have been named by, so that none is taken twice. */
export interface PartnerNonces {
  /** False when the partner has used it before. */
  take(partnerId: string, nonce: string, expiresAt: number): Promise<boolean>
  /** Removes some whose time stamps are refused by now. */
  sweep(before: number, limit: number): Promise<number>
}
