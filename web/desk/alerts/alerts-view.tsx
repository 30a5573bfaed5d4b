export const AlertsView = () => <></>
