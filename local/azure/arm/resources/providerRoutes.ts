import type { Cloud } from "../../cloud";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { invalidNamespace } from "../errors";
import { regions } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { needsRegistration, type ResourceTypes } from "../resourceTypes";
import { Registrations } from "./registrations";
import { subscriptionScope } from "./resourceGroupRecord";

const providersPath = "/subscriptions/:subscription/providers";
const providerPath = `${providersPath}/:namespace`;

/** Provider namespaces, and the subscription's registration for them. */
export function addProviderRoutes(router: Router<ArmContext>, cloud: Cloud, types: ResourceTypes): void {
  const registrations = new Registrations(cloud.store);
  const known = (given: string): string => {
    const namespace = types.namespace(given);
    if (namespace === undefined) {
      throw invalidNamespace(given);
    }
    return namespace;
  };
  const body = (namespace: string, state?: string): object => ({
    id: `${subscriptionScope}/providers/${namespace}`,
    namespace,
    resourceTypes: types.ofNamespace(namespace).map((resourceType) => ({
      resourceType,
      locations: Object.values(regions),
      apiVersions: [],
    })),
    registrationState: state ?? (registrations.has(namespace) ? "Registered" : "NotRegistered"),
    registrationPolicy: needsRegistration(namespace) ? "RegistrationRequired" : "RegistrationFree",
  });

  router
    .on("GET", providersPath, () => json(200, { value: types.namespaces().map((namespace) => body(namespace)) }))
    .on("GET", providerPath, (_request, { namespace = "" }) => json(200, body(known(namespace))))
    .on("POST", `${providerPath}/register`, (_request, { namespace: given = "" }) => {
      const namespace = known(given);
      const state = registrations.has(namespace) ? "Registered" : "Registering";
      registrations.add(namespace);
      return json(200, body(namespace, state));
    })
    .on("POST", `${providerPath}/unregister`, (_request, { namespace: given = "" }) => {
      const namespace = known(given);
      registrations.remove(namespace);
      return json(200, body(namespace));
    });
}
