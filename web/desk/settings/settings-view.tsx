export const SettingsView = () => <></>
