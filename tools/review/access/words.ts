import type { Party } from "../estate/parties";
import type { AccessChange } from "./accessChange";
import { networkDifference } from "./addressRanges";
import { EVERY_NETWORK } from "./networks";

type Untold = Omit<AccessChange, "text" | "id" | "weight" | "declaredBy">;

/** A party by the name that the program gives it, and what people know it by where that is another word. */
export const called = ({ name, kind, displayName }: Party): string =>
  displayName === undefined || displayName === name ? `${kind} ${name}` : `${kind} ${name} (“${displayName}”)`;

/** An access change as a sentence. */
export function sentence(change: Untold): string {
  const { kind } = change;
  if (kind === "network") return network(change);
  if (kind === "graph-permission" || kind === "app-role") return permission(change);
  if (kind === "owner") return `${called(change.holder)} ${becomes(change)} of ${called(change.to)}`;
  if (kind === "federated-subject") {
    return `${called(change.holder)} ${change.direction === "loses" ? "can no longer" : "can"} sign in as ${called(change.to)}`;
  }
  return role(change);
}

const becomes = ({ direction }: Untold): string =>
  direction === "loses" ? "is no longer an owner" : "becomes an owner";

function role({ holder, to, before, after, direction }: Untold): string {
  const who = called(holder);
  const where = `on ${called(to)}`;
  if (before.length === 0) return `${who} gains ${after.join(", ")} ${where}`;
  if (after.length === 0) return `${who} loses ${before.join(", ")} ${where}`;
  const word = direction === "gains" ? "is widened" : direction === "loses" ? "is narrowed" : "changes";
  return `${who} ${word} from ${before.join(", ")} to ${after.join(", ")} ${where}`;
}

function permission({ holder, to, before, after }: Untold): string {
  const who = called(holder);
  const what = `the ${called(to)}`;
  if (after.length === 0) return `${who} loses ${what} (${before.join(" and ")} before)`;
  if (after.includes("granted") && !before.includes("granted")) {
    return `${who} gains ${what}${after.includes("requested") ? "" : " (granted without being requested)"}`;
  }
  if (after.includes("granted")) return `${who} keeps ${what}, which is ${after.join(" and ")} from now on`;
  if (before.includes("granted")) return `${who} loses ${what}, and still requests it`;
  return `${who} requests ${what}; it holds once an administrator consents`;
}

function network({ to, before, after }: Untold): string {
  const thing = called(to);
  const { added, removed, widened, narrowed } = networkDifference(before, after);
  if (added.includes(EVERY_NETWORK)) return `${thing} opens to every network`;
  if (removed.includes(EVERY_NETWORK)) return `${thing} closes to every network but ${after.join(", ") || "none"}`;
  if (removed.length === 0 && widened.length > 0)
    return `${thing} widens from ${widened.join(", ")} to ${added.join(", ")}`;
  if (added.length === 0 && narrowed.length > 0) {
    return `${thing} narrows from ${removed.join(", ")} to ${narrowed.join(", ")}`;
  }
  if (added.length === 0) return `${thing} closes to ${removed.join(", ")}`;
  if (removed.length === 0) return `${thing} opens to ${added.join(", ")}`;
  return `${thing} opens to ${added.join(", ")}, and closes to ${removed.join(", ")}`;
}
