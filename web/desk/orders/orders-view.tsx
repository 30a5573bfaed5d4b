export const OrdersView = () => <></>
