import * as datalakestore from "@pulumi/azure-native/datalakestore";
import { dataLakeStoreId } from "../../../../local/azure/landingZone/layout";
import { Deployment } from "../deployment";
import { EngineClient } from "../engineClient";

jest.setTimeout(120_000);

const type = "azure-native:datalakestore:Account";
const inputs = {
  resourceGroupName: "rg-daemons",
  location: "westeurope",
  accountName: "newlake",
  encryptionState: "Enabled",
  encryptionConfig: { type: "ServiceManaged" },
  firewallRules: [{ name: "office", startIpAddress: "203.0.113.0", endIpAddress: "203.0.113.255" }],
};

describe("a Data Lake Store account under the stand-in for azure-native", () => {
  let deployment: Deployment;
  let engine: EngineClient;

  const open = async (allowsRetiredServices: boolean): Promise<void> => {
    deployment = await Deployment.open({ allowsRetiredServices });
    engine = EngineClient.of(deployment.providers.debugProviders, "azure-native");
  };

  afterEach(async () => {
    engine.close();
    await deployment.close();
  });

  it("that exists is read by function and imported by its ID", async () => {
    await open(false);
    const expected = {
      id: dataLakeStoreId,
      endpoint: "contosodatalake.azuredatalakestore.net",
      encryptionConfig: { type: "ServiceManaged" },
      firewallRules: [],
    };
    const given = { resourceGroupName: "rg-daemons", accountName: "contosodatalake" };
    expect(await engine.invoke("azure-native:datalakestore:getAccount", given)).toMatchObject(expected);
    expect(await engine.read(type, dataLakeStoreId)).toMatchObject({
      id: dataLakeStoreId,
      inputs: { ...given, location: "westeurope", firewallState: "Disabled" },
      outputs: expected,
    });
  });

  it("is not made anew: Azure's own refusal is passed on", async () => {
    await open(false);
    await expect(engine.create(type, "newlake", inputs)).rejects.toThrow(
      /InvalidOperation.*retired on February 29, 2024/s,
    );
  });

  it("is made, left alone, changed and destroyed by the real engine where the retired service is allowed", async () => {
    await open(true);
    const declared = (tags: Record<string, string>) => () => {
      const { endpoint, firewallRules } = new datalakestore.Account("newlake", { ...inputs, tags } as never);
      return Promise.resolve({ endpoint, firewallRules });
    };
    const stack = await deployment.stack("gen1", declared({}));
    const made = await stack.up({ color: "never" });
    expect(made.outputs).toMatchObject({
      endpoint: { value: "newlake.azuredatalakestore.net" },
      firewallRules: { value: [{ name: "office", startIpAddress: "203.0.113.0", endIpAddress: "203.0.113.255" }] },
    });
    const same = await stack.up({ color: "never" });
    const drift = await stack.refresh({ color: "never" });
    expect([same.summary.resourceChanges, drift.summary.resourceChanges]).toEqual([{ same: 2 }, { same: 2 }]);
    const changed = await stack.up({ color: "never", program: declared({ team: "forecast" }) });
    expect(changed.summary.resourceChanges).toEqual({ same: 1, update: 1 });
    const gone = await stack.destroy({ color: "never" });
    expect(gone.summary.resourceChanges).toEqual({ delete: 2 });
  });
});
