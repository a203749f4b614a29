import { z } from "zod";

const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          type: z.string(),
          id: z.string().optional(),
          custom: z.boolean().optional(),
          outputs: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .default([]),
  }),
});

/** An application that the stack made. */
export interface KnownApplication {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
}

/** What a stack's state names, as far as orphans are told by it. IDs are in lowercase letters. */
export interface StackState {
  readonly ids: ReadonlySet<string>;
  readonly applications: readonly KnownApplication[];
  /** Object IDs of its service principals and managed identities. */
  readonly principals: ReadonlySet<string>;
  /** Where its role assignments are looked for: the resource groups of its resources, and other scopes that it assigns roles at. */
  readonly places: readonly string[];
}

/** @param document what `pulumi stack export` prints */
export function stackStateOf(document: unknown): StackState {
  const resources = exported.parse(document).deployment.resources.filter(({ custom }) => custom === true);
  const ids = new Set(resources.flatMap(({ id }) => (id === undefined ? [] : [id.toLowerCase()])));
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const ofType = (type: string): typeof resources => resources.filter((each) => each.type === type);
  const applications = ofType("azuread:index/application:Application").map(({ id = "", outputs = {} }) => ({
    objectId: id.slice(id.lastIndexOf("/") + 1),
    clientId: text(outputs["clientId"]),
    displayName: text(outputs["displayName"]),
  }));
  const principals = [
    ...ofType("azuread:index/servicePrincipal:ServicePrincipal").map(({ outputs }) => text(outputs?.["objectId"])),
    ...ofType("azure-native:managedidentity:UserAssignedIdentity").map(({ outputs }) => text(outputs?.["principalId"])),
  ];
  return {
    ids,
    applications,
    principals: new Set(principals.map((id) => id.toLowerCase())),
    places: placesOf([...ids]),
  };
}

function placesOf(ids: readonly string[]): string[] {
  const extension = "/providers/microsoft.authorization/";
  const groups = ids
    .filter((id) => !id.includes(extension))
    .flatMap((id) => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(id)?.[0] ?? []);
  const scopes = ids
    .filter((id) => id.includes(`${extension}roleassignments/`))
    .map((id) => id.slice(0, id.lastIndexOf(extension)))
    .filter((scope) => !groups.some((group) => `${scope}/`.startsWith(`${group}/`)));
  return [...new Set([...groups, ...scopes])];
}
