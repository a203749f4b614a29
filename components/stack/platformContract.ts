/**
 * Version of the names and meanings of the outputs with which a platform stack serves other stacks. A change that a reader
 * would notice raises it; an output more is no such change.
 */
export const PLATFORM_CONTRACT_VERSION = 1;

const VAULT_ID = "vaultId.";
const JOB_ROLES = "jobRoles.";

/** Name of the output with the resource ID of one of the platform's vaults. */
export const vaultIdOutput = (vault: string): string => `${VAULT_ID}${vault}`;

/** Name of the output with the resource groups whose workspaces have the custom role of a job. */
export const jobRolesOutput = (job: string): string => `${JOB_ROLES}${job}`;

/** The vault whose ID an output carries; `undefined` for any other output. */
export const vaultOfOutput = (output: string): string | undefined => restAfter(VAULT_ID, output);

/** The job whose resource groups an output carries; `undefined` for any other output. */
export const jobOfOutput = (output: string): string | undefined => restAfter(JOB_ROLES, output);

const restAfter = (start: string, output: string): string | undefined =>
  output.startsWith(start) ? output.slice(start.length) : undefined;
