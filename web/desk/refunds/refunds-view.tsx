export const RefundsView = () => <></>
