import fc from "fast-check";
import { above, isWithin, scopeKeys, standingScope } from "../../../../tools/doctor/rights/scopes";

const group = "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60/resourceGroups/rg-daemons";
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-daemons`;
const container = `${group}/providers/Microsoft.Storage/storageAccounts/stdaemons/blobServices/default/containers/a`;

describe("the scope above", () => {
  it.each([
    [`${vault}/secrets/loader-credential`, vault],
    [vault, group],
    [container, `${group}/providers/Microsoft.Storage/storageAccounts/stdaemons`],
    [group, group.split("/resourceGroups")[0]],
    [group.split("/resourceGroups")[0] ?? "", undefined],
    [`${vault}/providers/Microsoft.Authorization/roleAssignments/one`, vault],
  ])("of %s is %s", (scope, expected) => {
    expect(above(scope)).toBe(expected);
  });
});

describe("the scope that a right is given at", () => {
  it("is the thing itself where the program did not make it", () => {
    expect(standingScope(vault, scopeKeys([container]))).toBe(vault);
  });

  it("is what is there before, around whatever the program makes", () => {
    expect(standingScope(`${vault}/secrets/one`, scopeKeys([`${vault}/secrets/one`]))).toBe(vault);
    expect(standingScope(`${vault}/secrets/one`, scopeKeys([vault.toUpperCase(), `${vault}/secrets/one`]))).toBe(group);
    expect(standingScope(`${vault}/secrets/one`, scopeKeys([vault]))).toBe(group);
  });

  it("always reaches what it is for, and is never made by the program", () => {
    const names = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(names, fc.nat(5), (words, count) => {
        const pairs = words.slice(0, words.length - (words.length % 2));
        const scope = `${group}/providers/Microsoft.Any/${pairs.join("/")}`;
        const chain = [scope];
        for (let at = above(scope); at !== undefined && at !== group; at = above(at)) chain.push(at);
        const made = scopeKeys(chain.slice(0, count));
        const standing = standingScope(scope, made);
        expect(isWithin(scope, standing)).toBe(true);
        expect(made.has(standing.toLowerCase())).toBe(false);
      }),
    );
  });
});
