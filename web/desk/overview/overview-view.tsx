export const OverviewView = () => <></>
