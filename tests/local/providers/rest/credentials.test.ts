import { configuredCredentials } from "../../../../local/providers/rest/credentials";

const fallback = { tenantId: "tenant", clientId: "deployer", clientSecret: "deployer's" };

describe("the deployer's credentials", () => {
  it("are those the providers were started with, unless somebody says otherwise", () => {
    expect(configuredCredentials(new Map(), {}, fallback)).toEqual(fallback);
  });

  it("come from the provider's configuration before the environment", () => {
    const variables = new Map([
      ["clientId", "configured"],
      ["clientSecret", "configured's"],
    ]);
    const environment = { ARM_CLIENT_ID: "other", ARM_CLIENT_SECRET: "other's", ARM_TENANT_ID: "elsewhere" };
    expect(configuredCredentials(variables, environment, fallback)).toEqual({
      tenantId: "elsewhere",
      clientId: "configured",
      clientSecret: "configured's",
    });
  });

  it("never pair one identity's client ID with another's secret", () => {
    const { clientSecret } = configuredCredentials(new Map([["clientId", "configured"]]), {}, fallback);
    expect(clientSecret).toBe("");
  });
});
