import { both, set } from "./support/change";
import { compliant } from "./support/compliant";
import { findInStack, findOn } from "./support/findings";
import { pending } from "./support/pending";

/** A daemon as the engine first previews it: every ID that Azure gives is pending. */
const firstPreview = {
  application: set("owners", [pending, pending])(compliant.application),
  servicePrincipal: set("clientId", pending)(compliant.servicePrincipal),
  password: both(set("applicationId", pending), set("value", pending))(compliant.password),
  grant: both(set("principalObjectId", pending), set("resourceObjectId", pending))(compliant.grant),
  vault: both(set("vaultName", pending), set("name", pending))(compliant.vault),
  secret: both(set("vaultName", pending), set("properties.value", pending))(compliant.secret),
  account: set("accountName", pending)(compliant.account),
  container: set("accountName", pending)(compliant.container),
  assignment: both(
    set("scope", pending),
    set("principalId", pending),
    set("roleAssignmentName", pending),
  )(compliant.assignment),
};

it.each(Object.entries(firstPreview))("no rule stumbles over the pending IDs of %s", (_kind, resource) => {
  expect(() => findOn(resource)).not.toThrow();
  expect(findOn(resource).filter(({ level }) => level === "mandatory")).toEqual([]);
});

it("no stack rule stumbles over pending IDs", () => {
  expect(() => findInStack(Object.values(firstPreview))).not.toThrow();
});

it("a rule on a known value binds beside pending ones", () => {
  const dangerous = set("appRoleId", "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8")(firstPreview.grant);
  expect(findOn(dangerous)).toContainEqual(
    expect.objectContaining({ rule: "grant-not-dangerous", level: "mandatory" }),
  );

  const owner = set("roleDefinitionId", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635")(firstPreview.assignment);
  expect(findOn(owner)).toContainEqual(expect.objectContaining({ rule: "role-hands-out-no-rights" }));
});

it("a pending element of a list does not hide the others", () => {
  const ranges = [{ value: pending }, { value: "0.0.0.0/0" }];
  const vault = set("properties.networkAcls.ipRules", ranges)(compliant.vault);
  expect(findOn(vault)).toContainEqual(expect.objectContaining({ rule: "vault-address-ranges" }));
});

it("a governed value that is pending ends its own rule only, by the policy SDK's error", () => {
  const account = set("minimumTlsVersion", pending)(compliant.account);
  expect(() => findOn(account)).toThrow("can't be known during preview");
});
