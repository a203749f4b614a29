import { createRequire } from "node:module";
import type * as platforms from "../../../components/stack/readPlatform";
import type { Recording } from "../program/recording";
import { compareScopes, isWithin } from "./scopes";

/** Loads a module at the moment it is needed: it brings Pulumi's SDK along, and most stacks have no platform. */
const later = createRequire(__filename);

/** What the platforms of a recorded stack offer and the stack does not use: vaults and file systems of other teams. */
export function othersOn({ stacks }: Recording, used: readonly { readonly scope: string }[]): string[] {
  const isUsed = (id: string): boolean => used.some(({ scope }) => isWithin(scope, id) || isWithin(id, scope));
  const offered = Object.entries(stacks).flatMap(([name, outputs]) => {
    if (typeof outputs["platformVersion"] !== "number") return [];
    const { readPlatform } = later("../../../components/stack/readPlatform") as typeof platforms;
    const { vaultIds, lakeAccountId, fileSystems } = readPlatform(name, { outputs, secretNames: [] });
    const containers = `${lakeAccountId ?? ""}/blobServices/default/containers`;
    return [
      ...Object.values(vaultIds),
      ...(lakeAccountId === undefined ? [] : fileSystems.map((each) => `${containers}/${each}`)),
    ];
  });
  return offered.filter((id) => !isUsed(id)).sort(compareScopes);
}
