import fc from "fast-check";
import {
  matchesAction,
  permitsAction,
  permitsDataAction,
} from "../../../../../local/azure/arm/authorization/actionMatch";

const segment = fc.stringMatching(/^[A-Za-z.]{1,12}$/);
const action = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => segments.join("/"));
const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [] };

describe("matching actions", () => {
  it("matches every action with *", () => {
    fc.assert(fc.property(action, (any) => matchesAction("*", any)));
  });

  it("matches an action with itself, in any letter case", () => {
    fc.assert(fc.property(action, (any) => matchesAction(any.toUpperCase(), any.toLowerCase())));
  });

  it("reads a full stop as a full stop", () => {
    expect(matchesAction("Microsoft.KeyVault/vaults/read", "MicrosoftXKeyVault/vaults/read")).toBe(false);
  });

  it("lets a wildcard stand for any number of segments, none included", () => {
    fc.assert(
      fc.property(action, action, action, (head, middle, tail) => {
        expect(matchesAction(`${head}/*`, `${head}/${middle}`)).toBe(true);
        expect(matchesAction(`*/${tail}`, `${head}/${middle}/${tail}`)).toBe(true);
        expect(matchesAction(`${head}/*/${tail}`, `${head}/${middle}/${tail}`)).toBe(true);
        expect(matchesAction(`${head}*`, head)).toBe(true);
        expect(matchesAction(`${head}/*/${tail}`, `${head}/${tail}`)).toBe(true);
        expect(matchesAction(`${head}/*/${tail}`, `${head}${tail}`)).toBe(false);
      }),
    );
  });

  it("lets Managed Identity Operator assign, and Key Vault Reader see vaults", () => {
    expect(
      matchesAction(
        "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      ),
    ).toBe(true);
    expect(matchesAction("Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/read")).toBe(true);
  });

  it("matches nothing that lacks what the pattern has around its wildcard", () => {
    fc.assert(
      fc.property(action, action, (head, other) => {
        fc.pre(!other.toLowerCase().startsWith(`${head.toLowerCase()}/`));
        expect(matchesAction(`${head}/*`, other)).toBe(false);
      }),
    );
  });

  it("takes back with notActions what actions allow", () => {
    fc.assert(
      fc.property(action, action, (head, tail) => {
        const permission = { ...nothing, actions: ["*"], notActions: [`${head}/*`] };
        expect(permitsAction(permission, `${head}/${tail}`)).toBe(false);
        expect(permitsAction(permission, head)).toBe(true);
      }),
    );
  });

  it("keeps control plane and data plane apart", () => {
    expect(
      permitsDataAction({ ...nothing, actions: ["*"] }, "Microsoft.KeyVault/vaults/secrets/getSecret/action"),
    ).toBe(false);
    expect(permitsAction({ ...nothing, dataActions: ["*"] }, "Microsoft.KeyVault/vaults/read")).toBe(false);
    expect(
      permitsDataAction(
        { ...nothing, dataActions: ["Microsoft.KeyVault/vaults/*"], notDataActions: ["*/getSecret/action"] },
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      ),
    ).toBe(false);
  });
});
