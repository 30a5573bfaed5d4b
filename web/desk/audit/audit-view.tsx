export const AuditView = () => <></>
