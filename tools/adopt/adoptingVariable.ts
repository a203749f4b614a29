/** Set to "true" while a preview looks for what is there already, to import it. */
export const ADOPTING = "DAEMON_ACCESS_ADOPTING";
