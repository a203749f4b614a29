import {
  identities,
  resourceGroupId,
  subscription,
  type IdentityName,
} from "../../../../local/azure/landingZone/layout";
import type { CheckName, Finding } from "../../../../tools/doctor/checks/finding";
import { examineThrough } from "../../../../tools/doctor/examine";
import { rightsOf } from "../../../../tools/doctor/rights/rightsList";
import { Administrator } from "../../../support/delivery";
import { LocalAzureForTests } from "../../../support/localAzure";
import { LocalApi } from "./localApi";
import { daemon, recordingOf } from "./stackRights";

export const scope = `/subscriptions/${subscription.id}`;
export const group = resourceGroupId("rg-daemons");
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

interface Examined {
  readonly daemons?: readonly object[];
  readonly settings?: Readonly<Record<string, object>>;
  readonly as?: IdentityName;
}

/** A local Azure, empty but for its landing zone, that doctor examines. */
export class ExaminedAzure {
  readonly administrator: Administrator;

  private constructor(readonly azure: LocalAzureForTests) {
    this.administrator = new Administrator(azure);
  }

  static async open(): Promise<ExaminedAzure> {
    return new ExaminedAzure(await LocalAzureForTests.open());
  }

  close(): Promise<void> {
    return this.azure.close();
  }

  /** Findings of one check. */
  async findings(
    check: CheckName,
    { daemons = [daemon()], settings = {}, as = "deployer" }: Examined = {},
  ): Promise<readonly Finding[]> {
    const recording = await recordingOf(daemons, settings);
    const client = { clientId: identities[as].clientId, clientSecret: this.azure.secretOf(as) };
    const options = { recording, rights: rightsOf(recording, "test"), progress: () => undefined };
    const examined = await examineThrough(new LocalApi(this.azure, client), options);
    return examined.findings.filter((finding) => finding.check === check);
  }

  /** Lets the deployer read the whole subscription. */
  letRead(): Promise<string> {
    return this.administrator.assign(scope, reader, identities.deployer.objectId);
  }

  makeVault(name: string, changes: object = {}): Promise<unknown> {
    return this.administrator.arm("PUT", `${group}/providers/Microsoft.KeyVault/vaults/${name}`, "2023-07-01", {
      location: "westeurope",
      properties: {
        tenantId: "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21",
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        ...changes,
      },
    });
  }
}
