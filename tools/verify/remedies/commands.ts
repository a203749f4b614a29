/** Set by local Azure's own command line, where that runs verify: how it is called, "npm run local --". */
export const LOCAL_COMMAND = "DAEMON_ACCESS_LOCAL_COMMAND";

const local = (): string | undefined => process.env[LOCAL_COMMAND];

const command = (words: string): string => `\`${local() ?? "pulumi"} ${words}\``;

/** The command that deploys the stack, as the reader can run it. */
export const up = (): string => command("up");

/** The command that reads what is there. */
export const refresh = (): string => command("refresh");

/** How an administrator consents: at the address, or on local Azure by a command, for a tenant that no browser knows. */
export const consent = (daemon: string, url: string): string =>
  local() === undefined ? url : command(`consent --daemon ${daemon}`);

/** The command that brings the deleted secrets of a stack back. */
export const recover = (stack: string): string =>
  local() === undefined ? `\`npx daemon-access credentials recover --stack ${stack}\`` : command("recover");
