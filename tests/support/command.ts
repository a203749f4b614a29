import { spawn } from "node:child_process";
import { join } from "node:path";
import type { IdentityName } from "../../local/azure/landingZone/layout";
import { connectionVariables, identityVariables } from "../../local/environment";
import type { LocalAzureForTests } from "./localAzure";

const root = join(__dirname, "..", "..");

/** What a program printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, with nothing in its environment but PATH, HOME and what is given.
 *
 * @param cwd where it runs. @default the repository's root
 */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = root,
): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(command, args, { cwd, env: { PATH, HOME, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, ...printed });
    });
  });
}

/** The variables that put any client on local Azure, as `npm run -s local -- env` prints them. */
export const onLocalAzure = ({ azure }: LocalAzureForTests): Record<string, string> => connectionVariables(azure);

/** The same, and an identity's, as `env --as` prints them. */
export const signedInAs = (azure: LocalAzureForTests, identity: IdentityName): Record<string, string> => ({
  ...onLocalAzure(azure),
  ...identityVariables(identity, azure.secretOf(identity)),
});
