export type {
  SettingChangeFilter,
  SettingOverview,
  SettingRepository,
} from '../../db/repositories/setting-ports.ts'
