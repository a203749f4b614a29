import type { RequestHead } from "../http/incoming";
import { header, type AzureRequest } from "../http/message";
import type { StateKey } from "../store/stateKey";

/** The address of Azure's metadata service, on every machine. */
export const metadataHost = "169.254.169.254";

/** What tells a machine from another here, as the request's header: on Azure, only the machine itself can ask. */
const machineHeader = "x-local-azure-machine";

/**
 * A machine as it stands in its address: the client IDs of the identities that it has, and the key that proves that whoever
 * made the address may give them.
 */
export interface Machine {
  readonly clientIds: readonly string[];
  readonly key: string;
}

/** Stands in an address where a machine has no identity. */
const nobody = "none";

/** A machine that has these identities. Its key has lowercase letters alone: MSAL makes an address small. */
export function machineWith(stateKey: Pick<StateKey, "derive">, clientIds: readonly string[]): Machine {
  const ids = [...new Set(clientIds.map((id) => id.toLowerCase()))].filter((id) => id !== nobody).sort();
  return { clientIds: ids, key: Buffer.from(stateKey.derive(`machine/${ids.join(",")}`), "base64url").toString("hex") };
}

/** What stands in a machine's environment in place of the metadata service's address. */
export const machineUrl = (proxyUrl: string, { clientIds, key }: Machine): string =>
  `${proxyUrl}/machines/${clientIds.join(",") || nobody}/${key}`;

/** A request to a machine's address as Azure's metadata service gets it; undefined for one to any other. */
export function asMachine(request: RequestHead): RequestHead | undefined {
  const [, machine, path = "/"] = /^\/machines\/([^/]+\/[^/]+)(\/.*)?$/.exec(request.path) ?? [];
  if (machine === undefined) {
    return undefined;
  }
  return { ...request, host: metadataHost, path, headers: { ...request.headers, [machineHeader]: machine } };
}

/** The machine that asks; undefined where nobody may, with a key that doesn't fit. */
export function machineOf(request: AzureRequest, stateKey: Pick<StateKey, "derive">): Machine | undefined {
  const [ids = "", key = ""] = (header(request, machineHeader) ?? "").split("/");
  const machine = machineWith(stateKey, ids.split(","));
  return machine.key === key ? machine : undefined;
}
