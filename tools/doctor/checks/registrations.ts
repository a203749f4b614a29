import { splitType, type Providers } from "../azure/providers";
import { allows, permissionsAt } from "./azureActions";
import { unanswered, type Finding } from "./finding";
import type { Patient } from "./patient";

/** Every subscription may use these without registering them. */
const REGISTRATION_FREE = new Set(["Microsoft.Authorization", "Microsoft.Resources"]);

/** Whether the subscription is registered for what the stack makes, and the region offers it. */
export async function checkRegistrations(patient: Patient, providers: Providers): Promise<Finding[]> {
  const types = [
    ...new Set(patient.recording.resources.flatMap(({ row, read }) => (read ? [] : (row.azureType ?? [])))),
  ];
  const namespaces = [...new Set(types.map((type) => splitType(type)[0]))].filter(
    (each) => !REGISTRATION_FREE.has(each),
  );
  const [registrations, regions] = await Promise.all([
    Promise.all(namespaces.sort().map((namespace) => checkRegistration(namespace, patient, providers))),
    Promise.all(regionalResources(patient).map((regional) => checkRegion(regional, providers))),
  ]);
  return [...registrations, ...regions.flat()];
}

async function checkRegistration(
  namespace: string,
  { api, recording: { place } }: Patient,
  providers: Providers,
): Promise<Finding> {
  const finding = { check: "registration", subject: namespace } as const;
  const found = await providers.of(namespace);
  if ("refusal" in found) {
    return unanswered(
      "registration",
      namespace,
      found.refusal,
      "Give the deployer Reader on the subscription, or ask an administrator.",
    );
  }
  if (found.provider.registrationState === "Registered") return { ...finding, result: "passed" };
  const detail = found.provider.registrationState;
  const held = await permissionsAt(api, `/subscriptions/${place.subscriptionId}`);
  const register = { kind: "action", action: `${namespace}/register/action` } as const;
  if ("permissions" in held && allows(held.permissions, register)) {
    return { ...finding, result: "note", detail: `${detail}; the first up registers it, as the deployer may` };
  }
  const remedy = `az provider register --namespace ${namespace} --subscription ${place.subscriptionId} --wait`;
  return { ...finding, result: "failed", detail, remedy };
}

interface Regional {
  readonly type: string;
  readonly location: string;
}

/** What is made in a region, each type and region once. */
function regionalResources({ recording }: Patient): Regional[] {
  const regional = recording.resources.flatMap(({ row, inputs, read }) => {
    const { location } = inputs;
    return !read && row.azureType !== undefined && typeof location === "string"
      ? [{ type: row.azureType, location }]
      : [];
  });
  return [...new Map(regional.map((each) => [`${each.type} ${each.location}`, each])).values()];
}

async function checkRegion({ type, location }: Regional, providers: Providers): Promise<Finding[]> {
  const [namespace, resourceType] = splitType(type);
  const found = await providers.of(namespace);
  // Who may not ask has heard of that at the registration.
  if ("refusal" in found) return [];
  const offered = found.provider.resourceTypes.find(
    (each) => each.resourceType.toLowerCase() === resourceType.toLowerCase(),
  )?.locations;
  const finding = { check: "region", subject: `${type} in ${location}` } as const;
  if (offered === undefined || offered.length === 0) {
    return [{ ...finding, result: "note", detail: "Azure lists no regions for this type" }];
  }
  if (offered.map(shortName).includes(shortName(location))) return [{ ...finding, result: "passed" }];
  const remedy = `Set azure-daemon-access:location to one of ${offered.map(shortName).sort().join(", ")}.`;
  return [{ ...finding, result: "failed", detail: "not offered there", remedy }];
}

/** "West Europe" and "westeurope" are the same place. */
const shortName = (location: string): string => location.toLowerCase().replace(/\s+/g, "");
