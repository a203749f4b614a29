import type { Estate, Estates } from "../estate/estate";
import { Parties } from "../estate/parties";
import { Places } from "../estate/places";
import { compareRoles, roleGrants } from "./azureRoles";
import { directoryRoleGrants } from "./directoryRoles";
import { federationGrants } from "./federation";
import type { AccessKind, Grant } from "./grant";
import { appRoleGrants } from "./graphPermissions";
import type { AccessChange } from "./accessChange";
import { isSameNetwork, networkDifference } from "./addressRanges";
import { EVERY_NETWORK, networkGrants } from "./networks";
import { ownerGrants } from "./owners";
import { vaultPolicyGrants } from "./vaultPolicies";
import { sentence } from "./words";

/** All access before and after the change, and how it came to differ. */
export interface Access {
  readonly before: readonly Grant[];
  readonly after: readonly Grant[];
  readonly changes: readonly AccessChange[];
}

/** Who gains or loses what. */
export function accessIn(estates: Estates): Access {
  const parties = new Parties(estates);
  const places = new Places(estates);
  const grantsOf = (estate: Estate): Grant[] => [
    ...appRoleGrants(estate, parties),
    ...directoryRoleGrants(estate, parties),
    ...roleGrants(estate, parties, places),
    ...vaultPolicyGrants(estate, parties),
    ...ownerGrants(estate, parties),
    ...federationGrants(estate, parties),
    ...networkGrants(estate),
  ];
  const before = grantsOf(estates.before);
  const after = grantsOf(estates.after);
  const present = new Set(estates.after.resources.map(({ urn }) => urn));
  // What is deleted is no longer reached from anywhere; that is told as a deletion.
  const changes = compare(before, after).filter(({ kind, to }) => kind !== "network" || present.has(to.key));
  return { before, after, changes };
}

/** What one holder has on one thing is compared as a whole, so that a wider role is one change and not two. */
function compare(before: readonly Grant[], after: readonly Grant[]): AccessChange[] {
  const groups = new Map<string, { before: Grant[]; after: Grant[] }>();
  for (const [side, grants] of [
    ["before", before],
    ["after", after],
  ] as const) {
    for (const grant of grants) {
      const key = JSON.stringify([grant.kind, grant.holder.key, grant.to.key]);
      const group = groups.get(key) ?? { before: [], after: [] };
      group[side].push(grant);
      groups.set(key, group);
    }
  }
  const changes = [...groups.values()].flatMap((group) => changeOf(group.before, group.after));
  return changes.sort((one, other) => order(one).localeCompare(order(other)));
}

const order = ({ direction, id }: AccessChange): string => `${direction === "loses" ? 1 : 0} ${id}`;

function changeOf(before: readonly Grant[], after: readonly Grant[]): AccessChange[] {
  const told = after[0] ?? before[0];
  const held = { before: wordsOf(before), after: wordsOf(after) };
  if (!told || held.before.join("\n") === held.after.join("\n")) return [];
  if (told.kind === "network" && isSameNetwork(held.before, held.after)) return [];
  const gained = after.filter(({ what }) => !held.before.includes(what));
  const change = {
    id: [told.kind, told.holder.name, told.to.name].join("/"),
    kind: told.kind,
    direction: directionOf(told.kind, held.before, held.after),
    holder: told.holder,
    to: told.to,
    ...held,
    weight: gained.some(({ weight }) => weight === "privileged")
      ? ("privileged" as const)
      : gained.some(({ weight }) => weight === "sensitive")
        ? ("sensitive" as const)
        : ("ordinary" as const),
    declaredBy: [...new Set([...before, ...after].map(({ by }) => by.urn))].sort(),
  };
  return [{ ...change, text: sentence(change) }];
}

const wordsOf = (grants: readonly Grant[]): string[] => [...new Set(grants.map(({ what }) => what))].sort();

function directionOf(kind: AccessKind, before: readonly string[], after: readonly string[]): AccessChange["direction"] {
  const { added, removed } =
    kind === "network"
      ? networkDifference(before, after)
      : {
          added: after.filter((what) => !before.includes(what)),
          removed: before.filter((what) => !after.includes(what)),
        };
  if (removed.length === 0) return "gains";
  if (added.length === 0) return "loses";
  if (kind === "network") return before.includes(EVERY_NETWORK) ? "loses" : "gains";
  const roles = compareRoles(before, after);
  return roles === "wider" ? "gains" : roles === "narrower" ? "loses" : "changes";
}
