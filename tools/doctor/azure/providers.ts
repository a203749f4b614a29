import { z } from "zod";
import type { Answer, Api } from "./api";

const provider = z.object({
  namespace: z.string(),
  registrationState: z.string(),
  resourceTypes: z.array(
    z.object({
      resourceType: z.string(),
      locations: z.array(z.string()).catch([]),
      apiVersions: z.array(z.string()).catch([]),
    }),
  ),
});

/** A resource provider as a subscription has it. */
export type Provider = z.infer<typeof provider>;

/** Versions of Azure's interface for the types that stacks lean on. */
const apiVersions: Readonly<Record<string, string>> = {
  "microsoft.containerregistry/registries": "2023-07-01",
  "microsoft.datalakestore/accounts": "2016-11-01",
  "microsoft.insights/components": "2020-02-02",
  "microsoft.keyvault/vaults": "2023-07-01",
  "microsoft.machinelearningservices/workspaces": "2024-04-01",
  "microsoft.managedidentity/userassignedidentities": "2023-01-31",
  "microsoft.network/privatednszones": "2020-06-01",
  "microsoft.network/virtualnetworks": "2023-09-01",
  "microsoft.network/virtualnetworks/subnets": "2023-09-01",
  "microsoft.operationalinsights/workspaces": "2022-10-01",
  "microsoft.storage/storageaccounts": "2023-05-01",
};

export const apiVersionOf = (type: string): string | undefined => apiVersions[type.toLowerCase()];

/** Asks a subscription about its resource providers, about each once. */
export class Providers {
  private readonly asked = new Map<string, Promise<Answer>>();

  constructor(
    private readonly api: Api,
    private readonly subscriptionId: string,
  ) {}

  /** The provider; or the answer, where there is none. */
  async of(namespace: string): Promise<{ readonly provider: Provider } | Required<Pick<Answer, "refusal">>> {
    const key = namespace.toLowerCase();
    const asked =
      this.asked.get(key) ??
      this.api.get("arm", `/subscriptions/${this.subscriptionId}/providers/${namespace}?api-version=2021-04-01`);
    this.asked.set(key, asked);
    const { refusal, body } = await asked;
    return refusal === undefined ? { provider: provider.parse(body) } : { refusal };
  }
}

/** "Microsoft.KeyVault" and "vaults" of "Microsoft.KeyVault/vaults". */
export function splitType(type: string): readonly [namespace: string, resourceType: string] {
  const slash = type.indexOf("/");
  return [type.slice(0, slash), type.slice(slash + 1)];
}

/** The type of a resource ID's last part. */
export function typeOfId(id: string): string {
  const [namespace = "", ...rest] = id.slice(id.lastIndexOf("/providers/") + "/providers/".length).split("/");
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}
