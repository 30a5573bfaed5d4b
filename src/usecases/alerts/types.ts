export type {
  AlertChange,
  ChannelChanges,
  KeptMessage,
  KnownRule,
  KnownStanding,
} from '../../db/repositories/alert-ports.ts'
