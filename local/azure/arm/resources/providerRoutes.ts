import type { Cloud } from "../../cloud";
import { json } from "../../http/message";
import type { Handler, Router } from "../../http/router";
import { apiVersionsOf } from "../apiVersions";
import { invalidNamespace } from "../errors";
import { pageBody } from "../queryOptions";
import { regions } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { globalTypes, needsRegistration, type ResourceTypes } from "../resourceTypes";
import { Registrations } from "./registrations";
import { subscriptionScope } from "./resourceGroupRecord";

const tenantPath = "/providers";
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
  /** What a namespace is, to whoever is signed in. */
  const tenantBody = (namespace: string): object => ({
    namespace,
    resourceTypes: types.ofNamespace(namespace).map((resourceType) => ({
      resourceType,
      locations: globalTypes.includes(`${namespace}/${resourceType}`) ? ["global"] : Object.values(regions),
      apiVersions: apiVersionsOf(namespace, resourceType),
    })),
  });
  const body = (namespace: string, state?: string): object => ({
    id: `${subscriptionScope}/providers/${namespace}`,
    ...tenantBody(namespace),
    registrationState: state ?? (registrations.has(namespace) ? "Registered" : "NotRegistered"),
    registrationPolicy: needsRegistration(namespace) ? "RegistrationRequired" : "RegistrationFree",
  });

  const list = (show: (namespace: string) => object): Handler<ArmContext> => {
    return (request) => json(200, pageBody(request, types.namespaces(), show));
  };

  router
    .on("GET", tenantPath, list(tenantBody), ["$top", "$skiptoken"])
    .on("GET", `${tenantPath}/:namespace`, (_request, { namespace = "" }) => json(200, tenantBody(known(namespace))))
    .on("GET", providersPath, list(body), ["$top", "$skiptoken"])
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
