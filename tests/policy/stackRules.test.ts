import { rules } from "../../policy/rules";
import { both, type Change, from, set, without } from "./support/change";
import { compliant, inDays, role, secretMarker, unixInDays } from "./support/compliant";
import { type Configuration, type Declared, findInStack } from "./support/findings";

const { application, servicePrincipal, password, secret, vault, account, container, assignment, grant, graph } =
  compliant;

const of = (type: string, name: string, props: Record<string, unknown>, from: Record<string, string[]>): Declared => ({
  type,
  name,
  props,
  from,
});
const logOf = (name: string) =>
  of("azure-native:monitor:DiagnosticSetting", `log-of-${name}`, {}, { resourceUri: [name] });
const endpointOf = (name: string) =>
  of("azure-native:network:PrivateEndpoint", `endpoint-of-${name}`, {}, { privateLinkServiceConnections: [name] });

/** A daemon with all that belongs to it, on which no stack rule finds anything. */
const daemon: readonly Declared[] = [
  {
    type: "pulumi:pulumi:Stack",
    name: "program-dev",
    props: { "loader.clientId": "22222222", "loader.generation": 0 },
  },
  application,
  servicePrincipal,
  graph,
  grant,
  password,
  vault,
  secret,
  account,
  container,
  assignment,
  compliant.workspace,
  compliant.lakeStore,
  of(
    "azure-native:storage:BlobServiceProperties",
    "blobs",
    { deleteRetentionPolicy: { enabled: true, days: 7 } },
    { accountName: ["account"] },
  ),
  ...["vault", "account", "workspace", "lakeStore"].map(logOf),
  ...["vault", "account"].map(endpointOf),
];

const changed = (name: string, change: Change): Declared[] =>
  daemon.map((resource) => (resource.name === name ? change(resource) : resource));
const leftOut = (name: string): Declared[] => daemon.filter((resource) => resource.name !== name);
const withMore = (...more: Declared[]): Declared[] => [...daemon, ...more];
const again = (resource: Declared, name: string, change: Change = (same) => same): Declared =>
  change({ ...resource, name });

const federated = again(compliant.federation, "federation", from("applicationId", "application"));
const otherApi = of("azuread:index/servicePrincipal:ServicePrincipal", "exchange", { clientId: "00000002" }, {});
const directoryRead = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";

interface StackCase {
  readonly rule: string;
  readonly broken: string;
  readonly program: readonly Declared[];
  readonly says: string;
  readonly also?: readonly string[];
  readonly configuration?: Configuration;
}

const cases: StackCase[] = [
  {
    rule: "vault-private-endpoint",
    broken: "a vault without a private endpoint",
    program: leftOut("endpoint-of-vault"),
    says: "no private endpoint leads to it",
  },
  {
    rule: "vault-audit-log",
    broken: "a vault without an audit log",
    program: leftOut("log-of-vault"),
    says: "no diagnostic setting keeps its audit log",
  },
  {
    rule: "storage-private-endpoint",
    broken: "an account without a private endpoint",
    program: leftOut("endpoint-of-account"),
    says: "no private endpoint leads to it",
  },
  {
    rule: "storage-access-log",
    broken: "an account without a log",
    program: leftOut("log-of-account"),
    says: "no diagnostic setting logs who reads and writes",
  },
  {
    rule: "storage-blob-soft-delete",
    broken: "an account that keeps no deleted blobs",
    program: changed("blobs", set("deleteRetentionPolicy.enabled", false)),
    says: "keep its deleted blobs",
  },
  {
    rule: "workspace-log",
    broken: "a workspace without logs",
    program: leftOut("log-of-workspace"),
    says: "no diagnostic setting keeps its logs",
  },
  {
    rule: "lake-store-log",
    broken: "a Gen1 account without logs",
    program: leftOut("log-of-lakeStore"),
    says: "no diagnostic setting keeps its logs",
  },
  {
    rule: "secret-matches-credential",
    broken: "a secret that outlives its credential",
    program: changed("secret", set("properties.attributes.expires", unixInDays(150))),
    says: "and its credential ends",
  },
  {
    rule: "secret-value-from-resource",
    broken: "a secret that somebody typed",
    program: changed("secret", from("properties")),
    says: "comes from no resource",
    also: ["client-secret-kept-in-vault"],
  },
  {
    rule: "secret-vault-in-stack",
    broken: "a secret in a vault that stands elsewhere",
    program: changed("secret", both(from("vaultName"), set("vaultName", "kv-elsewhere"))),
    says: "its vault is not part of this stack",
  },
  {
    rule: "role-principal-is-service-principal",
    broken: "a role for an application's own ID",
    program: changed("assignment", from("principalId", "application")),
    says: "principalId comes from an application",
  },
  {
    rule: "role-principal-is-service-principal",
    broken: "a permission for an application's own ID",
    program: changed("grant", from("principalObjectId", "application")),
    says: "principalObjectId comes from an application",
  },
  {
    rule: "one-lake-role-per-daemon",
    broken: "a daemon with two roles on a lake",
    program: withMore(
      again(assignment, "second", set("roleDefinitionId", role("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"))),
    ),
    says: "Storage Blob Data Reader besides Storage Blob Data Contributor on account",
  },
  {
    rule: "client-secret-rotates",
    broken: "a secret that nothing renews",
    program: daemon.map((one) =>
      one === password ? { ...one, name: "password" } : one === secret ? from("properties", "password")(one) : one,
    ),
    says: "which generation it is",
  },
  {
    rule: "client-secrets-two-at-most",
    broken: "a third live secret",
    program: withMore(again(password, "generation-1"), again(password, "generation-2")),
    says: "it is live secret number 3 of its application, and 2 are allowed",
  },
  {
    rule: "client-secrets-two-at-most",
    broken: "a second live secret where the team allows one",
    program: withMore(again(password, "generation-1")),
    says: "it is live secret number 2 of its application, and 1 are allowed",
    configuration: { "client-secrets-two-at-most": { maximum: 1 } },
  },
  {
    rule: "client-secret-not-beside-federation",
    broken: "a secret beside a federated credential",
    program: withMore(federated),
    says: "also has a federated credential",
  },
  {
    rule: "client-secret-kept-in-vault",
    broken: "a secret that no vault keeps",
    program: leftOut("secret"),
    says: "no secret in a key vault holds it",
  },
  {
    rule: "client-secret-not-in-outputs",
    broken: "a secret given out as an output",
    program: changed("program-dev", (stack) => ({ ...stack, props: { "loader.secret": { value: secretMarker } } })),
    says: "the output loader.secret holds the value of password-generation-0",
  },
  {
    rule: "federated-credentials-distinct",
    broken: "two federated credentials alike",
    program: [application, federated, again(federated, "twin")],
    says: "same issuer and subject",
  },
  {
    rule: "federated-credentials-distinct",
    broken: "a twenty-first federated credential",
    program: [
      application,
      ...Array.from({ length: 21 }, (_, index) =>
        again(federated, `federation-${index}`, set("subject", `repo:contoso/loader:environment:${index}`)),
      ),
    ],
    says: "it is number 21 of its application",
  },
  {
    rule: "grant-declared",
    broken: "a permission that is not declared",
    program: changed("application", without("requiredResourceAccesses")),
    says: "User.ReadBasic.All is not in the application's requiredResourceAccesses",
  },
  {
    rule: "grant-has-reason",
    broken: "a far-reaching permission without a reason",
    program: changed("grant", set("appRoleId", directoryRead)),
    says: "it grants Directory.Read.All without a reason",
    also: ["grant-declared"],
  },
  {
    rule: "grant-on-microsoft-graph",
    broken: "a permission on another API",
    program: [...changed("grant", from("resourceObjectId", "exchange")), otherApi],
    says: "a permission on the application 00000002",
  },
];

const names = (program: readonly Declared[], configuration?: Configuration) => [
  ...new Set(findInStack(program, configuration).map(({ rule }) => rule)),
];

describe("a stack", () => {
  it("that keeps every rule is passed", () => {
    expect(findInStack(daemon)).toEqual([]);
  });

  it("with a generation that has ended beside two live ones is passed", () => {
    const ended = again(password, "generation-8", set("endDate", inDays(-1)));
    expect(findInStack(withMore(again(password, "generation-9"), ended))).toEqual([]);
  });

  it("with a far-reaching permission and its reason in the application's notes is passed", () => {
    const program = changed("grant", set("appRoleId", directoryRead)).map((one) =>
      one.name === "application" ? set("notes", "Directory.Read.All: it mirrors the groups")(one) : one,
    );
    expect(names(program)).toEqual(["grant-declared"]);
  });

  it("with a far-reaching permission and its reason in the configuration is passed", () => {
    const configuration = { "grant-has-reason": { reasons: { "Directory.Read.All": "it mirrors the groups" } } };
    expect(names(changed("grant", set("appRoleId", directoryRead)), configuration)).toEqual(["grant-declared"]);
  });
});

describe("one broken thing in a stack is found by its rule, with the fix", () => {
  it.each(cases.map((one) => [`${one.broken}: ${one.rule}`, one] as const))("%s", (_title, one) => {
    const found = findInStack(one.program, one.configuration);

    const fix = rules.find(({ text }) => text.name === one.rule)?.text.fix ?? "?";
    const own = found.find(({ rule }) => rule === one.rule);
    expect(own?.message).toContain(one.says);
    expect(own?.message).toContain(`Fix: ${fix}.`);
    expect(own?.urn).toMatch(/^urn:pulumi:dev::program::/);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set([one.rule, ...(one.also ?? [])]));
    expect(found.filter(({ message }) => message.includes(secretMarker))).toEqual([]);
  });

  it("for every rule on stacks but the one on waivers", () => {
    const covered = new Set([...cases.map(({ rule }) => rule), "waivers-in-order"]);
    const stackRules = rules.filter(({ types }) => types.length === 0).map(({ text }) => text.name);
    expect(stackRules.filter((name) => !covered.has(name))).toEqual([]);
  });
});
