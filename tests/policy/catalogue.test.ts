import { readFileSync } from "node:fs";
import path from "node:path";
import { rulesPage } from "../../policy/catalogue/page";
import { rules } from "../../policy/rules";
import { knownSettings } from "../engine/settings/leaves";

/** Teams' configurations and waivers go by these names: one that changes or goes is a breaking change. */
const names = [
  "application-single-tenant",
  "application-no-inline-password",
  "application-no-implicit-grant",
  "application-not-public-client",
  "application-redirect-uris",
  "application-requests-no-dangerous-permission",
  "application-has-two-owners",
  "application-prevents-duplicate-names",
  "service-principal-adoption",
  "service-principal-assignment-required",
  "service-principal-no-credentials",
  "directory-role-not-privileged",
  "client-secret-has-end-date",
  "client-secret-no-relative-end-date",
  "client-secret-lifetime",
  "client-secret-not-expired",
  "client-secret-rotates",
  "client-secret-last-resort",
  "client-secret-not-deleted-before-replaced",
  "client-secrets-two-at-most",
  "client-secret-not-beside-federation",
  "client-secret-kept-in-vault",
  "client-secret-not-in-outputs",
  "certificate-lifetime",
  "certificate-no-relative-end-date",
  "certificate-public-part-only",
  "certificate-key-strength",
  "federated-issuer",
  "federated-subject-exact",
  "federated-github-subject",
  "federated-github-owner",
  "federated-audience",
  "federated-not-flexible",
  "federated-credentials-distinct",
  "grant-not-dangerous",
  "grant-permitted",
  "grant-narrower-users",
  "grant-declared",
  "grant-has-reason",
  "grant-on-microsoft-graph",
  "identity-name",
  "role-not-privileged-at-wide-scope",
  "role-hands-out-no-rights",
  "role-contributor-at-resource-only",
  "role-permitted",
  "role-principal-type-stated",
  "role-scope-narrow",
  "role-condition-version",
  "role-assignment-name",
  "role-principal-is-service-principal",
  "role-not-for-people",
  "role-reads-no-keys",
  "one-lake-role-per-daemon",
  "custom-role-no-wildcard-actions",
  "custom-role-hands-out-no-rights",
  "custom-role-no-wildcard-data-actions",
  "custom-role-reviewed",
  "custom-role-assignable-scopes",
  "vault-purge-protection",
  "vault-soft-delete",
  "vault-retention",
  "vault-rbac",
  "vault-no-idle-access-policies",
  "vault-access-policy-permissions",
  "vault-firewall",
  "vault-address-ranges",
  "vault-private-endpoint",
  "vault-audit-log",
  "vault-deployment-access",
  "vault-name",
  "vault-protected",
  "vault-create-mode",
  "secret-has-expiry",
  "secret-lifetime",
  "secret-not-expired",
  "secret-matches-credential",
  "secret-content-type",
  "secret-name",
  "secret-value-from-resource",
  "secret-vault-in-stack",
  "storage-https-only",
  "storage-tls-version",
  "storage-no-public-blobs",
  "storage-no-shared-key",
  "storage-entra-by-default",
  "storage-firewall",
  "storage-address-ranges",
  "storage-trusted-services",
  "storage-private-endpoint",
  "storage-hierarchical-namespace",
  "storage-no-local-users",
  "storage-no-cross-tenant-replication",
  "storage-sas-period",
  "storage-key-period",
  "storage-blob-soft-delete",
  "storage-replication",
  "storage-encryption",
  "storage-account-name",
  "storage-access-log",
  "storage-protected",
  "container-not-public",
  "container-name",
  "container-encryption-scope",
  "workspace-no-public-access",
  "workspace-managed-network",
  "workspace-user-assigned-identity",
  "workspace-datastores-by-identity",
  "workspace-customer-key",
  "workspace-no-legacy-mode",
  "workspace-log",
  "compute-no-sign-in",
  "compute-user-assigned-identity",
  "compute-scales-to-zero",
  "lake-store-encrypted",
  "lake-store-firewall",
  "lake-store-no-foreign-identities",
  "lake-store-retired",
  "lake-store-log",
  "resource-in-approved-region",
  "resource-has-required-tags",
  "waivers-in-order",
];

describe("the catalogue", () => {
  it("has these rules", () => {
    expect(rules.map(({ text }) => text.name)).toEqual(names);
  });

  it("is what RULES.md says", () => {
    expect(readFileSync(path.join(__dirname, "../../policy/RULES.md"), "utf8")).toBe(rulesPage());
  });

  it("judges waivers last, when every other rule has shown its own", () => {
    expect(rules.at(-1)?.text.name).toBe("waivers-in-order");
  });
});

describe("every rule", () => {
  it.each(rules.map((rule) => [rule.text.name, rule] as const))("%s says what, why and how to fix", (name, rule) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.text.what).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.text.why).toMatch(/^[A-Z].*\.$/);
    expect(rule.text.fix).toMatch(/^[a-z].*[^.]$/);
  });

  it.each(rules.map((rule) => [rule.text.name, rule] as const))("%s takes waivers and its settings", (_name, rule) => {
    const properties = rule.policy.configSchema?.properties ?? {};
    expect(Object.keys(properties)).toEqual([...Object.keys(rule.settings), "waivers"]);
  });

  it("names settings that this project's stack has", () => {
    const known = knownSettings("2026-03-01T09:00:00Z");
    const isThere = (setting: string): boolean =>
      known.some((each) => each === setting || [".", "["].some((joint) => each.startsWith(setting + joint)));
    const named = rules.flatMap(({ text: { setting, fix } }) => [
      ...(setting === undefined ? [] : [setting]),
      ...[...fix.matchAll(/(\w+) of a daemon in this project's stack/g)].map(([, name]) => `daemons[].${name ?? ""}`),
    ]);
    expect(named).toEqual(expect.arrayContaining(["vault.diagnostics", "daemons[].notes"]));
    expect(named.filter((setting) => !isThere(setting))).toEqual([]);
  });
});
