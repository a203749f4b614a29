/** One `providers/{namespace}/{type}/{name}…` part of an ARM path. */
export interface ProviderPart {
  readonly namespace: string;
  /** One more than `names` where the path ends with a collection or an action. */
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/** An ARM path taken apart; every segment as it was sent, decoded. */
export interface ResourcePath {
  readonly subscriptionId?: string | undefined;
  readonly resourceGroup?: string | undefined;
  /** More than one where an extension resource, such as a role assignment, sits on another resource. */
  readonly providers: readonly ProviderPart[];
  /** What is left where the path has no provider part: "locations", "resources" and the like. */
  readonly rest: readonly string[];
}

/** Takes a path apart; undefined where its percent-encoding is broken. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = decode(path.split("/").filter((segment) => segment !== ""));
  if (segments === undefined) {
    return undefined;
  }
  let at = 0;
  const subscriptionId = named("subscriptions", segments, at);
  at += subscriptionId === undefined ? 0 : 2;
  const resourceGroup = subscriptionId === undefined ? undefined : named("resourcegroups", segments, at);
  at += resourceGroup === undefined ? 0 : 2;
  const providers: ProviderPart[] = [];
  for (let namespace = named("providers", segments, at); namespace !== undefined;) {
    at += 2;
    const types: string[] = [];
    const names: string[] = [];
    while (segments[at] !== undefined && segments[at]?.toLowerCase() !== "providers") {
      types.push(segments[at] ?? "");
      const name = segments[at + 1];
      at += 2;
      if (name !== undefined) {
        names.push(name);
      }
    }
    providers.push({ namespace, types, names });
    namespace = named("providers", segments, at);
  }
  return { subscriptionId, resourceGroup, providers, rest: segments.slice(at) };
}

/** The path again, from its parts: `resourceGroups` and `providers` in ARM's case, the rest as the parts have it. */
export function formatResourcePath({ subscriptionId, resourceGroup, providers }: Omit<ResourcePath, "rest">): string {
  let path = subscriptionId === undefined ? "" : `/subscriptions/${subscriptionId}`;
  if (resourceGroup !== undefined) {
    path += `/resourceGroups/${resourceGroup}`;
  }
  for (const { namespace, types, names } of providers) {
    path += `/providers/${namespace}`;
    types.forEach((type, index) => {
      path += names[index] === undefined ? `/${type}` : `/${type}/${names[index]}`;
    });
  }
  return path === "" ? "/" : path;
}

/** The name behind a type, where that stands next. */
const named = (type: string, segments: readonly string[], at: number): string | undefined =>
  segments[at]?.toLowerCase() === type ? segments[at + 1] : undefined;

function decode(segments: readonly string[]): string[] | undefined {
  try {
    return segments.map((segment) => (segment.includes("%") ? decodeURIComponent(segment) : segment));
  } catch {
    return undefined;
  }
}
