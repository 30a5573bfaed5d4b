/** The types of routes lead as far as a file of the server's that names this one of its globals. */
declare const scheduler: { wait(ms: number): Promise<void> }
