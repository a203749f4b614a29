import {
  accountId,
  application,
  fileSystem,
  granted,
  lakeRole,
  openTo,
  person,
  principal,
  reader,
  role,
  roleIds,
  vault,
  vaultId,
} from "./support/daemon";
import { type Told, urnOf } from "./support/events";
import { accessTexts, reviewOf } from "./support/report";
import { UNKNOWN } from "../../support/engineMarks";

const loader = "application loader-application (“Forecast loader”)";

describe("who gains or loses what access", () => {
  it("is nobody, where nothing of it changes", () => {
    const same = [
      application(["User.Read.All"]),
      principal,
      granted("User.Read.All", "kept"),
      role("loader-lake-role", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobReader)),
      vault(),
    ];
    expect(accessTexts(same)).toEqual([]);
  });

  it("tells a Graph permission that is requested and granted once, by its name and the application's", () => {
    const told = [
      application(["User.Read.All"], ["User.Read.All", "GroupMember.Read.All"]),
      principal,
      granted("GroupMember.Read.All", "new"),
    ] as const;
    expect(reviewOf(told).access.changes).toEqual([
      {
        id: "graph-permission/loader-application/GroupMember.Read.All",
        kind: "graph-permission",
        direction: "gains",
        holder: { name: "loader-application", kind: "application", displayName: "Forecast loader" },
        to: { name: "GroupMember.Read.All", kind: "Microsoft Graph permission" },
        before: [],
        after: ["granted", "requested"],
        weight: "ordinary",
        text: `${loader} gains the Microsoft Graph permission GroupMember.Read.All`,
        declaredBy: [urnOf(told[0]), urnOf(told[2])].sort(),
      },
    ]);
  });

  it("names a custom role that the stack makes", () => {
    const id = "5d0e3ba8-f1c7-4c1e-9b8a-6f52d47c3e19";
    const definition: Told = {
      type: "azure-native:authorization:RoleDefinition",
      name: "calling-role",
      new: { inputs: { roleDefinitionId: id, roleName: "Daemon: call in rg-forecast" } },
    };
    const given = role("loader-role", undefined, lakeRole(`/providers/Microsoft.Authorization/roleDefinitions/${id}`));
    expect(accessTexts([application([]), principal, definition, given])).toEqual([
      expect.stringContaining("gains Daemon: call in rg-forecast on "),
    ]);
  });

  it.each<[string, readonly Told[], string]>([
    [
      "a request that waits for consent",
      [application([], ["User.Read.All"])],
      `${loader} requests the Microsoft Graph permission User.Read.All; it holds once an administrator consents`,
    ],
    [
      "a grant of what was only requested",
      [application(["User.Read.All"]), principal, granted("User.Read.All", "new")],
      `${loader} gains the Microsoft Graph permission User.Read.All`,
    ],
    [
      "a grant without a request",
      [application([]), principal, granted("User.Read.All", "new")],
      `${loader} gains the Microsoft Graph permission User.Read.All (granted without being requested)`,
    ],
    [
      "a grant that goes",
      [application(["User.Read.All"]), principal, granted("User.Read.All", "gone")],
      `${loader} loses the Microsoft Graph permission User.Read.All, and still requests it`,
    ],
    [
      "a wider role",
      [
        application([]),
        principal,
        fileSystem,
        role("r", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobContributor)),
      ],
      `${loader} is widened from Storage Blob Data Reader to Storage Blob Data Contributor on file system stdaemons-forecasts`,
    ],
    [
      "a narrower role",
      [
        application([]),
        principal,
        fileSystem,
        role("r", lakeRole(roleIds.blobContributor), lakeRole(roleIds.blobReader)),
      ],
      `${loader} is narrowed from Storage Blob Data Contributor to Storage Blob Data Reader on file system stdaemons-forecasts`,
    ],
    [
      "a role on what the stack does not declare",
      [application([]), principal, role("r", undefined, lakeRole(roleIds.blobReader, accountId))],
      `${loader} gains Storage Blob Data Reader on storage account stdaemons1`,
    ],
    [
      "a reader of one secret",
      [
        role("r", undefined, {
          scope: `${vaultId}/secrets/loader-credential`,
          roleDefinitionId: roleIds.secretsUser,
          principalId: reader,
          principalType: "User",
        }),
      ],
      `user ${reader} gains Key Vault Secrets User on secret loader-credential`,
    ],
    ["an owner", [application([], [], [person, reader])], `owner ${reader} becomes an owner of ${loader}`],
    [
      "a vault that opens",
      [vault(openTo(["203.0.113.0/24", "198.51.100.7"]))],
      "vault kv-daemons opens to 198.51.100.7",
    ],
    [
      "a vault whose range grows",
      [vault(openTo(["203.0.0.0/16"]))],
      "vault kv-daemons widens from 203.0.113.0/24 to 203.0.0.0/16",
    ],
    [
      "a vault whose range shrinks",
      [vault(openTo(["203.0.113.128/25"]))],
      "vault kv-daemons narrows from 203.0.113.0/24 to 203.0.113.128/25",
    ],
    [
      "a vault that swaps a range",
      [vault(openTo(["198.51.100.0/24"]))],
      "vault kv-daemons opens to 198.51.100.0/24, and closes to 203.0.113.0/24",
    ],
    ["a vault that opens to all", [vault(openTo([], "Allow"))], "vault kv-daemons opens to every network"],
    ["a vault that closes", [vault(openTo([]))], "vault kv-daemons closes to 203.0.113.0/24"],
    [
      "a federated subject",
      [
        application([]),
        {
          type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
          name: "ci",
          new: {
            inputs: {
              applicationId: "/applications/app-object",
              issuer: "https://token.actions.githubusercontent.com",
              subject: "repo:contoso/loader:environment:production",
              audiences: ["api://AzureADTokenExchange"],
            },
          },
        },
      ],
      `federated subject repo:contoso/loader:environment:production of https://token.actions.githubusercontent.com for api://AzureADTokenExchange can sign in as ${loader}`,
    ],
    [
      "an access policy of a vault",
      [
        {
          type: "azure-native:keyvault:AccessPolicy",
          name: "old-style",
          new: {
            inputs: { vaultName: "kv-old", policy: { objectId: reader, permissions: { secrets: ["get"] } } },
          },
        },
      ],
      `principal ${reader} gains get secrets (access policy) on vault kv-old`,
    ],
    [
      "a directory role",
      [
        {
          type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
          name: "admin",
          new: { inputs: { roleId: "62e90394-69f5-4237-9190-012177145e10", principalObjectId: reader } },
        },
      ],
      `principal ${reader} gains Global Administrator on directory the tenant's directory`,
    ],
  ])("tells %s", (_what, told, text) => {
    expect(accessTexts(told)).toEqual([text]);
  });

  it("tells nothing where the same addresses are written in another way", () => {
    expect(accessTexts([vault(openTo(["203.0.113.128/25", "203.0.113.0/25"]))])).toEqual([]);
  });

  it("tells principals and scopes that Azure has not made yet by the program's names", () => {
    const made = (told: Told): Told => ({ type: told.type, name: told.name, new: { inputs: told.new?.inputs ?? {} } });
    const newApplication = made(application([]));
    const newPrincipal: Told = {
      ...made(principal),
      new: { inputs: { clientId: UNKNOWN } },
      from: { clientId: newApplication },
    };
    const account: Told = { type: "azure-native:storage:StorageAccount", name: "stdaemons", new: { inputs: {} } };
    const newFileSystem = made(fileSystem);
    const assignment: Told = {
      ...role("loader-lake-role", undefined, { ...lakeRole(roleIds.blobReader), scope: UNKNOWN, principalId: UNKNOWN }),
      from: { principalId: newPrincipal, scope: account },
      after: [newFileSystem],
    };
    expect(accessTexts([newApplication, newPrincipal, account, newFileSystem, assignment])).toContain(
      `${loader} gains Storage Blob Data Reader on file system stdaemons-forecasts`,
    );
  });

  it("tells where a pending principal is declared, if nothing says who it is", () => {
    const assignment = role("loader-lake-role", undefined, { ...lakeRole(roleIds.blobReader), principalId: UNKNOWN });
    expect(accessTexts([fileSystem, assignment])).toEqual([
      "service principal loader (known after the update) gains Storage Blob Data Reader on file system stdaemons-forecasts",
    ]);
  });

  it("tells nobody of a role assignment that is made anew as it was", () => {
    const replaced = role("r", lakeRole(roleIds.blobReader), lakeRole(roleIds.blobReader));
    const told = [
      application([]),
      principal,
      { ...replaced, ops: ["delete-replaced", "replace", "create-replacement"] as const },
    ];
    expect(accessTexts(told)).toEqual([]);
  });
});

describe("where consent and readers stand after the change", () => {
  it("tells what is granted, and what an administrator still decides", () => {
    const told = [application(["User.Read.All", "GroupMember.Read.All"]), principal, granted("User.Read.All", "kept")];
    expect(reviewOf(told).access.consent).toEqual([
      {
        application: { name: "loader-application", kind: "application", displayName: "Forecast loader" },
        granted: ["User.Read.All"],
        awaiting: ["GroupMember.Read.All"],
      },
    ]);
  });

  it("lists each secret's readers", () => {
    const reads = {
      scope: `${vaultId}/secrets/loader-credential`,
      roleDefinitionId: roleIds.secretsUser,
      principalId: reader,
      principalType: "Group",
    };
    expect(reviewOf([role("r", reads, reads)]).access.secretReaders).toEqual([
      { secret: { name: "loader-credential", kind: "secret" }, readers: [{ name: reader, kind: "group" }] },
    ]);
  });
});
