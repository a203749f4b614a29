import { DEFAULT_FORMAT } from "../vault/credentialFormats";

/**
 * Version of the names and meanings of a stack's outputs. A change that a reader would notice raises it; an output more
 * is no such change.
 */
export const STACK_CONTRACT_VERSION = 1;

/** What a stack tells of each daemon, beside the URIs of its secrets. */
export type DaemonField =
  | "clientId"
  | "objectId"
  | "tenantId"
  | "expiresOn"
  | "certificateUri"
  | "generation"
  | "nextRotation"
  | "rotation"
  | "consent"
  | "adminConsentUrl"
  | "permissions";

/** Name of one output of one daemon. */
export const daemonOutput = (daemon: string, field: DaemonField): string => `${daemon}.${field}`;

/** Name of the output with the URI of one format's secret. */
export const secretUriOutput = (daemon: string, format: string): string =>
  format === DEFAULT_FORMAT ? `${daemon}.secretUri` : `${daemon}.secretUri.${format}`;

/** The format whose URI an output carries; `undefined` for any other output. */
export function formatOfOutput(daemon: string, output: string): string | undefined {
  const main = secretUriOutput(daemon, DEFAULT_FORMAT);
  if (output === main) return DEFAULT_FORMAT;
  return output.startsWith(`${main}.`) ? output.slice(main.length + 1) : undefined;
}
