export const CustomersView = () => <></>
