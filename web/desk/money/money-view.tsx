export const MoneyView = () => <></>
