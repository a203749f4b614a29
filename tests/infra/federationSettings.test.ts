import { GUID, minimal, problems, read } from "./support/settings";

describe("a daemon without a secret in the configuration", () => {
  const bare = (extra: Record<string, unknown>) => ({ ...minimal, daemons: [{ name: "loader", ...extra }] });
  const gitHub = { repository: "contoso/forecasts", branch: "main" };
  const trust = { name: "main-branch", gitHub };

  it("trusts workloads, or is a managed identity, or both", () => {
    const federated = [trust, { name: "runner", managedIdentity: { principalId: GUID } }];
    expect(read(bare({ federated })).daemons[0]?.federated).toEqual(federated);
    expect(read(bare({ managedIdentity: {} })).daemons[0]?.managedIdentity).toEqual({});
    const managedIdentity = { name: "id-loader", federated };
    expect(read(bare({ managedIdentity })).daemons[0]?.managedIdentity).toEqual(managedIdentity);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "workloads and a managed identity",
      { federated: [trust], managedIdentity: {} },
      [
        "managedIdentity: got an object; needed managedIdentity without federated: Azure keeps a managed identity's credentials to itself. Remove managedIdentity, or federated.",
      ],
    ],
    [
      "what only an application has",
      { managedIdentity: {}, displayName: "Loader", owners: [GUID], deployerIsOwner: true },
      ["displayName", "owners", "deployerIsOwner"].map(
        (name, index) =>
          `${name}: got ${['"Loader"', "a list", "true"][index] ?? ""}; needed nothing beside managedIdentity, which has no application. Remove it, or remove managedIdentity.`,
      ),
    ],
    [
      "a request for consent",
      { managedIdentity: {}, graph: { permissions: ["User.Read.All"], consent: "request" } },
      [
        'graph.consent: got "request"; needed "grant" or "external" for a managed identity, which has no application that an administrator could consent to. Write "grant" where the deployer may assign app roles, or "external" where somebody else does.',
      ],
    ],
    [
      "a workload of two kinds, in a managed identity",
      { managedIdentity: { federated: [{ ...trust, custom: { issuer: "https://id.example", subject: "job-7" } }] } },
      [
        "managedIdentity.federated[0]: got an object; needed exactly one of gitHub, azureDevOps, kubernetes, managedIdentity and custom. Remove all but one of gitHub, custom.",
      ],
    ],
    [
      "one workload twice",
      { federated: [trust, { name: "again", gitHub }] },
      [
        'federated[1]: got "again"; needed another issuer or subject than every other trust of this identity. daemons[0].federated[0] trusts the same workload; remove one of them.',
      ],
    ],
    [
      "a wildcard, and a repository alone",
      { federated: [{ name: "any", gitHub: { repository: "contoso/*" } }] },
      [
        'federated[0].gitHub.repository: got "contoso/*"; needed one repository, spelt out: Microsoft Entra ID takes * for itself, not for any characters. Give each workload a trust of its own.',
        "federated[0].gitHub: got nothing; needed exactly one of branch, tag, environment and pullRequest. Write the one that fits.",
      ],
    ],
    [
      "a format that has nothing to carry",
      { federated: [trust], formats: ["credential", "aml-env"] },
      [
        'formats[1]: got "aml-env"; needed a format for a daemon with federated credentials: "credential", "msal-parameters", "azure-identity-env". aml-env carries a client secret; choose one of these, or give the daemon what it carries.',
      ],
    ],
  ])("is refused with %s", (_what, extra, lines) => {
    expect(problems(bare(extra))).toEqual(lines.map((line) => `azure-daemon-access:daemons[0].${line}`));
  });
});
