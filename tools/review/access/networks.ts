import { storageAccount, vault } from "../../../policy/rule/resourceTypes";
import { tooWide } from "../../../policy/rule/addresses";
import type { Estate } from "../estate/estate";
import { placeOf } from "../estate/places";
import type { Properties } from "../estate/properties";
import { isOf, type Resource } from "../estate/resource";
import type { Grant } from "./grant";

export const EVERY_NETWORK = "every network";

/** A range of more addresses than this prefix has is told as wide. */
const SHORTEST_PREFIX = 16;

/** From where vaults and lakes can be reached at all. */
export function networkGrants({ resources }: Estate): Grant[] {
  return resources.filter((each) => isOf(each, vault, storageAccount)).flatMap(openingsOf);
}

function openingsOf(resource: Resource): Grant[] {
  const openings = isOf(resource, vault)
    ? openingsIn(resource.inputs, "properties.publicNetworkAccess", "properties.networkAcls", "value", "id")
    : openingsIn(
        resource.inputs,
        "publicNetworkAccess",
        "networkRuleSet",
        "iPAddressOrRange",
        "virtualNetworkResourceId",
      );
  return openings.map((what) => ({
    kind: "network",
    holder: { key: "networks", name: "networks", kind: "network" },
    to: placeOf(resource),
    by: resource,
    what,
    ...(isWide(what) && { weight: "privileged" as const }),
  }));
}

/** Where no rules are given, Azure lets everyone in. */
function openingsIn(inputs: Properties, publicAccess: string, rules: string, range: string, subnet: string): string[] {
  const access = inputs.lower(publicAccess);
  if (access === "disabled" || access === "securedbyperimeter") return [];
  if (inputs.isPending(rules)) return ["networks that are known after the update"];
  const trusted = (inputs.lower(`${rules}.bypass`) ?? "azureservices").includes("azureservices")
    ? ["Azure's trusted services"]
    : [];
  if (inputs.lower(`${rules}.defaultAction`) !== "deny") return [EVERY_NETWORK];
  const later = "an address that is known after the update";
  return [
    ...inputs.items(`${rules}.ipRules`).map((rule) => rule.text(range) ?? later),
    ...inputs.items(`${rules}.virtualNetworkRules`).map((rule) => rule.text(subnet) ?? later),
    ...trusted,
  ];
}

const isWide = (opening: string): boolean =>
  opening === EVERY_NETWORK || (/^[\d./]+$/.test(opening) && tooWide(opening, SHORTEST_PREFIX) !== undefined);
