import { platformVault, vaultComponent } from "../../infra/platformVaults";

describe("the name of a vault in the settings", () => {
  it.each(["a", "0", "forecasting", "forecast-2", "a-b-c", "thirteen-char"])("may be %s", (name) => {
    expect(platformVault(name)).toBeUndefined();
  });

  it.each(["", "fourteen-chars", "Forecasting", "a_b", "a--b", "-a", "a-", "a b"])("may not be %p", (name) => {
    expect(platformVault(name)).toEqual({
      needed: "the name of a vault in the settings: 1 to 13 lowercase letters, digits and single hyphens",
      fix: 'Write, for example, "forecasting".',
    });
  });

  it("is a part of its component's name", () => {
    expect(vaultComponent("forecasting")).toBe("kv-forecasting");
  });
});
