import { z } from "zod";
import { isInAzure } from "../../engine/types";
import { nameInUrn } from "../../engine/urns";

/** A creation of an earlier run that was cut off before the state knew how it ended. */
export interface Unfinished {
  /** For example "azuread:index/servicePrincipal:ServicePrincipal". */
  readonly type: string;
  readonly name: string;
  /** URN of its parent; null where it has none. */
  readonly parent: string | null;
  /** The ID to import it by; null where this run's errors do not show that Azure has it. */
  readonly id: string | null;
}

const exported = z.looseObject({
  deployment: z.looseObject({
    pending_operations: z
      .array(
        z.looseObject({
          type: z.string(),
          resource: z.looseObject({ urn: z.string(), type: z.string(), parent: z.string().optional() }),
        }),
      )
      .nullish(),
  }),
});

/** Whether the engine has warned of unfinished operations. */
export const warnsOfUnfinished = (output: string): boolean => output.includes(", interrupted while creating");

/**
 * The creations in Azure that a stack's state has as unfinished.
 *
 * @param state as `pulumi stack export` prints it
 * @param output what an update has printed, without colours
 */
export function unfinishedIn(state: string, output: string): readonly Unfinished[] {
  const { deployment } = exported.parse(JSON.parse(state));
  const ids = presentIn(output);
  const creations = (deployment.pending_operations ?? []).filter(
    ({ type, resource }) => type === "creating" && isInAzure(resource),
  );
  const byUrn = new Map(creations.map(({ resource }) => [resource.urn, resource]));
  return [...byUrn.values()].map(({ urn, type, parent }) => {
    const name = nameInUrn(urn);
    return { type, name, parent: parent ?? null, id: ids.get(`${shortOf(type)} ${name}`) ?? null };
  });
}

/** What to do about them, in lines: steps, each with its command. */
export function howToSettle(stack: string, unfinished: readonly Unfinished[]): readonly string[] {
  const present = presentOf(unfinished).map(
    (each) => `  pulumi ${[...importArguments(each), "--stack", stack].map(quoted).join(" ")}`,
  );
  return [
    `${stack}: an earlier run was cut off while it created what follows. Azure may have it, and the state does not know it.`,
    ...unfinished.map(({ type, name, id }) => `  ${shortOf(type)} ${name}${id === null ? "" : ": Azure has it"}`),
    // Of the others, Azure may have some too: an update ends at the first error.
    ...(present.length > 0
      ? [
          "If what Azure has is this stack's, add it to the state and continue with `estate up --import-unfinished`, or with these",
          "commands and the same command again:",
          ...present,
        ]
      : [
          "Look for it in Azure; each finding has the command that removes it:",
          `  npx daemon-access doctor --stack ${stack} --orphans`,
          "Then have the engine forget these creations, and run the same command again:",
          `  pulumi refresh --stack ${stack} --yes --skip-preview --clear-pending-creates`,
        ]),
  ];
}

/** A creation that Azure says it has. */
export type Present = Unfinished & { readonly id: string };

export const presentOf = (unfinished: readonly Unfinished[]): readonly Present[] =>
  unfinished.filter((each): each is Present => each.id !== null);

/** The arguments of the pulumi command that adds it to the state. */
export const importArguments = ({ type, name, parent, id }: Present): readonly string[] => [
  ...["import", type, name, id],
  ...(parent === null ? [] : ["--parent", parent]),
  ...["--yes", "--skip-preview", "--protect=false", "--generate-code=false"],
];

/** As a POSIX shell takes it. */
const quoted = (argument: string): string => (/^[\w./=-]+$/.test(argument) ? argument : `'${argument}'`);

/** The head of a resource's errors: its type and name. */
const head = /^ {2}(\S+) \((.+)\):$/;

/** How the providers say that something is there already, and the ID that Pulumi imports it by. */
const presences: readonly { readonly words: RegExp; readonly type: RegExp; readonly id: (told: string) => string }[] = [
  { words: /cannot create already existing resource '([^']+)'/, type: /^azure-native:/, id: (told) => told },
  {
    words: /A resource with the ID "([^"]+)" already exists/,
    type: /:ServicePrincipal$/,
    id: (told) => `/servicePrincipals/${told}`,
  },
  {
    words: /An existing "azuread_application" with name .* \(ID: "([^"]+)"\) was found/,
    type: /:Application$/,
    id: (told) => `/applications/${told}`,
  },
];

/** The IDs of what is in Azure already, by type and name. */
function presentIn(output: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  let [type, name] = ["", ""];
  for (const line of output.split(/\r?\n/)) {
    const found = head.exec(line);
    if (found !== null) [, type = "", name = ""] = found;
    const presence = presences.find((each) => each.type.test(type) && each.words.test(line));
    const [, told = ""] = presence?.words.exec(line) ?? [];
    if (presence !== undefined) ids.set(`${type} ${name}`, presence.id(told));
  }
  return ids;
}

/** A type as the engine prints it: azuread:index:ServicePrincipal. */
export const shortOf = (type: string): string => type.replace(/^([^:]+:[^:/]+)\/[^:]+:/, "$1:");
