import { formatResourcePath, type ProviderPart, type ResourcePath } from "./resourcePath";

/** What Azure RBAC is asked about a request. */
export interface RequiredAction {
  /** For example "Microsoft.KeyVault/vaults/write". */
  readonly action: string;
  readonly scope: string;
}

const verbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

/** Actions that Azure names otherwise than by their method: asking whether a name is free is a read. */
const readsByPost = ["checknameavailability"];

/** The action and scope of a request to a provider's resource, collection or action. */
export function requiredAction(method: string, path: ResourcePath, part: ProviderPart): RequiredAction {
  const { namespace, types, names } = part;
  const last = types.at(-1) ?? "";
  const named = `${namespace}/${types.join("/")}`;
  const isCollectionOrAction = types.length > names.length;
  const scope = isCollectionOrAction ? aboveLastType(path, part) : formatResourcePath(path);
  if (method === "POST" && !readsByPost.includes(last.toLowerCase())) {
    return { action: `${named}/action`, scope };
  }
  return { action: `${named}/${verbs[method] ?? "read"}`, scope };
}

/** The resource that a collection belongs to or an action is taken on. */
function aboveLastType(path: ResourcePath, { namespace, types, names }: ProviderPart): string {
  const above = { namespace, types: types.slice(0, -1), names };
  const outer = path.providers.slice(0, -1);
  const formatted = formatResourcePath({ ...path, providers: above.types.length === 0 ? outer : [...outer, above] });
  return formatted === "/" ? "/" : formatted;
}
