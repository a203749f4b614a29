import type { ApplicationRecord, KeyRecord, PasswordRecord, ServicePrincipalRecord } from "../../entra/records";
import type { RouteParameters } from "../../http/router";
import type { GraphContext } from "../context";
import { find } from "../lookup";

type Holder = ApplicationRecord | ServicePrincipalRecord;

/** Who has credentials of its own, and what they are. */
export interface Credentials {
  readonly id: string;
  readonly owners: readonly string[];
  readonly passwords: readonly PasswordRecord[];
  readonly keys: readonly KeyRecord[];
}

interface HolderSet {
  readonly set: "applications" | "servicePrincipals";
  /** @throws ServiceError */
  readonly find: (parameters: RouteParameters, context: GraphContext) => Credentials;
  /** Takes over what has changed of them. */
  readonly put: (id: string, change: Partial<Pick<Credentials, "keys" | "passwords">>, context: GraphContext) => void;
}

const credentialsOf = ({ id, owners, passwords = [], keys = [] }: Holder): Credentials => ({
  id,
  owners,
  passwords,
  keys,
});

/** Applications and service principals: either signs in with its own credentials and with the other's. */
export const holderSets: readonly HolderSet[] = [
  {
    set: "applications",
    find: (parameters, { directory }) => credentialsOf(find(directory.applications, parameters)),
    put: (id, change, { directory }) => {
      const present = directory.applications.get(id);
      if (present !== undefined) {
        directory.applications.put({ ...present, ...change });
      }
    },
  },
  {
    set: "servicePrincipals",
    find: (parameters, { directory }) => credentialsOf(find(directory.servicePrincipals, parameters)),
    put: (id, change, { directory }) => {
      const present = directory.servicePrincipals.get(id);
      if (present !== undefined) {
        directory.servicePrincipals.put({ ...present, ...change });
      }
    },
  },
];
