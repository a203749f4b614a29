import type { Clock } from "../clock";
import type { Collections } from "../store/store";
import { Directory } from "./directory";
import { seedFirstPartyPrincipals } from "./wellKnown/firstPartyPrincipals";

/** Opens the tenant's directory; Microsoft's own service principals are there from the start. */
export function createDirectory(store: Collections, clock: Clock): Directory {
  const directory = new Directory(store, clock);
  seedFirstPartyPrincipals(directory);
  return directory;
}
