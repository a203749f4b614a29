import { vaultUrlOf } from "../../../tools/credentials/vaultOption";

describe("the vault that a command of credentials works on", () => {
  it("takes the vault's address without the slash at its end", async () => {
    expect(await vaultUrlOf({ vault: "https://kv-daemons.vault.azure.net/" })).toBe(
      "https://kv-daemons.vault.azure.net",
    );
  });

  it("has to be named", async () => {
    await expect(vaultUrlOf({})).rejects.toThrow(
      "Name the vault: --vault <url>, or --stack <name> of a stack that has one.",
    );
  });
});
