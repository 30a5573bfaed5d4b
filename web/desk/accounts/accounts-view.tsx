export const AccountsView = () => <></>
