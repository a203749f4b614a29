import { resourceSpecs } from "../../../../local/providers/azureNative/resources/catalogue";
import type { ResourceSpec } from "../../../../local/providers/azureNative/spec";
import { azureNativeFacts } from "./azureNative.facts";
import type { RequestFacts } from "./facts";
import type { VersionedRequest } from "../deployment";

/** By type, the different sequences of requests that reached its resources at its API version, for example "GET PUT GET". */
export function sequencesOf(requests: readonly VersionedRequest[]): Record<string, string> {
  const sequences = resourceSpecs.map((spec) => {
    const path = pathOf(spec);
    const own = requests.filter((each) => path.test(each.path) && each.apiVersion === spec.apiVersion);
    const resources = new Set(own.map((each) => each.path.toLowerCase()));
    const each = [...resources].map((resource) =>
      own.flatMap(({ path: at, method }) => (at.toLowerCase() === resource ? [method] : [])).join(" "),
    );
    return [spec.type, [...new Set(each)].sort().join(", ")] as const;
  });
  return Object.fromEntries(sequences.filter(([, found]) => found !== ""));
}

/** The same as the facts of some types have it. */
export function factsOf(operation: keyof RequestFacts, types: readonly string[]): Record<string, string> {
  const entries = types.map((type) => [type, azureNativeFacts.types[type]?.requests[operation] ?? ""] as const);
  return Object.fromEntries(entries.filter(([, requests]) => requests !== ""));
}

function pathOf({ path, parameters }: ResourceSpec): RegExp {
  const pattern = path.replace(/^\/?\{(\w+)\}/, (brace, name: string) =>
    parameters[name]?.wholePath === true ? "/.+" : brace,
  );
  return new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`, "i");
}
