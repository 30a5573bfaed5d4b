export const PartnersView = () => <></>
