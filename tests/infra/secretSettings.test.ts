import * as pulumi from "@pulumi/pulumi";
import { isSecretSetting } from "../../infra/secretSettings";

describe("whether a setting is encrypted", () => {
  beforeEach(() => {
    pulumi.runtime.setAllConfig({ "azure-daemon-access:tags": "{}", "azure-daemon-access:location": "westeurope" }, [
      "azure-daemon-access:tags",
    ]);
  });

  it("is what Pulumi says", () => {
    expect([isSecretSetting("azure-daemon-access:tags"), isSecretSetting("azure-daemon-access:location")]).toEqual([
      true,
      false,
    ]);
  });

  it.each([undefined, "no function", () => "yes"])("is not so where Pulumi's SDK cannot say it: %p", (given) => {
    const held = Reflect.get(pulumi.runtime, "isConfigSecret") as unknown;
    const copy = { ...pulumi.runtime, isConfigSecret: given };
    const replaced = jest.replaceProperty(pulumi, "runtime", copy);
    expect(isSecretSetting("azure-daemon-access:tags")).toBe(false);
    replaced.restore();
    expect(Reflect.get(pulumi.runtime, "isConfigSecret")).toBe(held);
  });
});
