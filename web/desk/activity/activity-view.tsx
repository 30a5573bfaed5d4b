export const ActivityView = () => <></>
