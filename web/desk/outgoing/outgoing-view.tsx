export const OutgoingView = () => <></>
