import { subscription, tenant } from "../../landingZone/layout";
import type { Call } from "../call";

const placeholder = /\{([A-Za-z]+)\}/g;

/** What `{name}` stands for in every rule's answer, beside the parts of its path. */
const known = {
  clientId: ({ caller }: Call) => caller.clientId ?? "(none)",
  objectId: ({ caller }: Call) => caller.objectId ?? "(none)",
  tenantId: () => tenant.id,
  subscriptionId: () => subscription.id,
  host: ({ request }: Call) => request.host,
  account: ({ request }: Call) => request.host.split(".")[0] ?? "",
  path: ({ request }: Call) => request.path,
  url: ({ request: { host, path, query } }: Call) =>
    `https://${host}${path}${query.size === 0 ? "" : `?${query.toString()}`}`,
  requestId: ({ request }: Call) => request.id,
} as const;

/** The names in an answer that nothing stands behind. */
export const placeholdersIn = (answer: unknown, captures: readonly string[]): readonly string[] =>
  [...new Set(textsOf(answer).flatMap((text) => [...text.matchAll(placeholder)].map(([, name = ""]) => name)))].filter(
    (name) => !(name in known) && !captures.includes(name),
  );

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The value with every text filled in for a call. */
export function filled<T>(value: T, call: Call, captures: Readonly<Record<string, string>>): T {
  const fill = (each: unknown): unknown => {
    if (typeof each === "string") {
      return each.replace(placeholder, (_, name: string) =>
        name in captures ? (captures[name] ?? "") : known[name as keyof typeof known](call),
      );
    }
    if (Array.isArray(each)) return each.map(fill);
    return typeof each === "object" && each !== null
      ? Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, fill(inner)]))
      : each;
  };
  return fill(value) as T;
}
